"""Any channel as an Airflow notifier, for callbacks and for tasks that wait for a person."""

from __future__ import annotations

import time
from typing import Any

from airflow.sdk import BaseNotifier


class Push(BaseNotifier):
    """Sends a title and a text (both may be templates) through a channel and a connection."""

    template_fields = ("title", "text")

    def __init__(self, channel: str, connection: str, title: str, text: str) -> None:
        super().__init__()
        self.channel, self.connection, self.title, self.text = channel, connection, title, text

    def notify(self, context: Any) -> None:
        """Send it, personal data masked.

        Raises:
            PushError: it could not be sent.
        """
        from ingest.values.personal_data import mask_personal_data
        from luodi import connections
        from luodi.push.channels import Message, send

        message = Message(mask_personal_data(self.title), mask_personal_data(self.text))
        send(self.channel, connections.resolve(self.connection), message, time.time())
