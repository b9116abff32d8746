FROM python:3.13-slim-trixie

# What WeasyPrint loads, and fonts for the scripts people write their answers in.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-noto-cjk fonts-noto-color-emoji fonts-noto-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

# Without the places within a line, a process takes 1 MiB less and tracebacks are shorter.
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONNODEBUGRANGES=1
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt

COPY . .
# Root owns the code and the static files; the server may write to /media and /record only. So the code is compiled
# here: each process would do it again at its start.
RUN SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(50))") ALLOWED_HOSTS=localhost \
        python manage.py collectstatic --noinput \
    && python -m compileall -q audits config \
    && useradd --system --uid 10001 attune \
    && install --directory --owner attune --group attune /media /record
ENV MEDIA_ROOT=/media RECORD_ANCHORS=/record/anchors
USER attune

EXPOSE 8000
# Under a name the site answers to; any other is refused.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD python -c "\
import os; from urllib.request import Request, urlopen; \
host = os.environ['ALLOWED_HOSTS'].split(',')[0]; \
urlopen(Request('http://127.0.0.1:8000/livez', headers={'Host': host}), timeout=3)"
# WEB_CONCURRENCY sets the number of processes.
CMD ["gunicorn", "config.wsgi", "--config", "python:config.gunicorn", "--bind", "0.0.0.0:8000"]
