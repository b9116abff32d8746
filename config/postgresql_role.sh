# For the image of PostgreSQL, which runs it once: Attune's database and role. The
# superuser of the image would be bound by no policy of a table (decision 0169).
psql --username postgres --set=ON_ERROR_STOP=1 --set=password="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE attune LOGIN PASSWORD :'password';
CREATE DATABASE attune OWNER attune ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
SQL
