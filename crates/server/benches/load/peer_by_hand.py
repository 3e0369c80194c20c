"""The same two routes as fast as one would write them with FastAPI: typed bodies and answers, a key that is looked up,
a picture whose header is read; SQLite by hand on the event loop itself, durable commits, one worker."""

import base64
import hashlib
import sqlite3
import struct
import sys
import time
import uuid
from typing import Literal

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field

PORT, PATH, KEY = int(sys.argv[1]), sys.argv[2], sys.argv[3]

app = FastAPI()
database = sqlite3.connect(PATH, check_same_thread=False, isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute("CREATE TABLE api_keys (id INTEGER PRIMARY KEY, hash BLOB UNIQUE)")
database.execute(
    "CREATE TABLE tasks (id TEXT PRIMARY KEY, key_id INTEGER, state TEXT, request TEXT, picture BLOB, created_at REAL)"
)
database.execute("INSERT INTO api_keys (hash) VALUES (?)", (hashlib.sha256(KEY.encode()).digest(),))


class Submit(BaseModel):
    model: str = "viduq2-pro"
    images: list[str] = Field(min_length=1, max_length=40)
    prompt: str = Field(default="", max_length=2000)
    duration: int = Field(default=5, ge=1, le=16)
    resolution: Literal["360p", "540p", "720p", "1080p"] = "720p"
    seed: int = 0


class Task(BaseModel):
    id: str
    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    request: Submit
    created_at: float


async def caller(authorization: str = Header()) -> int:
    token = authorization.removeprefix("Bearer ")
    row = database.execute(
        "SELECT id FROM api_keys WHERE hash = ?", (hashlib.sha256(token.encode()).digest(),)
    ).fetchone()
    if row is None:
        raise HTTPException(401, "the API key is not valid")
    return row[0]


def picture(uri: str) -> bytes:
    head, _, data = uri.partition(",")
    if not head.startswith("data:image/png;base64"):
        raise HTTPException(400, "not a PNG")
    decoded = base64.b64decode(data, validate=True)
    width, height = struct.unpack(">II", decoded[16:24])
    if decoded[:8] != b"\x89PNG\r\n\x1a\n" or not 0 < width * height < 64_000_000:
        raise HTTPException(400, "not a PNG of a fit size")
    return decoded


@app.post("/kinora/v1/tasks")
async def submit(body: Submit, key: int = Depends(caller)) -> Task:
    decoded = picture(body.images[0])
    kept = body.model_copy(update={"images": ["inline"]})
    task = Task(id=str(uuid.uuid4()), state="queued", request=kept, created_at=time.time())
    database.execute(
        "INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?)",
        (task.id, key, task.state, kept.model_dump_json(), decoded, task.created_at),
    )
    return task


@app.get("/kinora/v1/tasks/{task}")
async def status(task: str, key: int = Depends(caller)) -> Task:
    row = database.execute(
        "SELECT id, state, request, created_at FROM tasks WHERE id = ? AND key_id = ?", (task, key)
    ).fetchone()
    if row is None:
        raise HTTPException(404, "there is no such task")
    return Task(id=row[0], state=row[1], request=Submit.model_validate_json(row[2]), created_at=row[3])


uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="error")
