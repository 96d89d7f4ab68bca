"""Bodies as the bundled document describes them."""

from __future__ import annotations

from typing import Any

ROW: dict[str, Any] = {
    "agent_id": 42,
    "created_at": "2024-04-10T14:22:00Z",
    "id": 12345,
    "name": "Spring",
    "scheduled_for": None,
    "status": "scheduled",
    "total_recipients": 1500,
    "updated_at": "2024-04-11T08:45:00.123456+05:30",
}
BODY: dict[str, Any] = {"data": [ROW], "has_more": False, "total": 1}
