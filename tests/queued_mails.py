"""The worker's part of an email."""

from django_tasks_db.models import DBTaskResult


def send_queued_mails() -> None:
    """Send the emails that wait for a worker, as one does."""
    mails = DBTaskResult.objects.ready().filter(
        task_path__regex=r"^audits\.(services\.people\.((sign_off_|override_)?mails|factors\.told)"
        r"|discussion\.tasks|services\.organizations\.invitation_mails)\."
    )
    for waiting in list(mails):
        waiting.delete()
        waiting.task.call(*waiting.args_kwargs["args"])
