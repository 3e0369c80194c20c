"""The same two routes in the form that FastAPI's tutorial on SQL databases teaches: SQLModel tables, a session for each
request, plain `def` functions on FastAPI's pool of threads; and `fastapi run`'s server, one worker, durable commits."""

import base64
import hashlib
import struct
import sys
import time
import uuid
from typing import Annotated, Literal

import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel, Field as Bounded
from sqlalchemy import event
from sqlmodel import Field, Session, SQLModel, create_engine, select

PORT, PATH, KEY = int(sys.argv[1]), sys.argv[2], sys.argv[3]


class ApiKey(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    hash: bytes = Field(unique=True, index=True)


class Task(SQLModel, table=True):
    id: str = Field(primary_key=True)
    key_id: int
    state: str
    request: str
    picture: bytes
    created_at: float


class Submit(BaseModel):
    model: str = "viduq2-pro"
    images: list[str] = Bounded(min_length=1, max_length=40)
    prompt: str = Bounded(default="", max_length=2000)
    duration: int = Bounded(default=5, ge=1, le=16)
    resolution: Literal["360p", "540p", "720p", "1080p"] = "720p"
    seed: int = 0


class View(BaseModel):
    id: str
    state: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    request: Submit
    created_at: float


engine = create_engine(f"sqlite:///{PATH}", connect_args={"check_same_thread": False})


@event.listens_for(engine, "connect")
def durable(connection, _):
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


SQLModel.metadata.create_all(engine)
with Session(engine) as opening:
    opening.add(ApiKey(hash=hashlib.sha256(KEY.encode()).digest()))
    opening.commit()

app = FastAPI()


def session():
    with Session(engine) as opened:
        yield opened


SessionDep = Annotated[Session, Depends(session)]


def caller(opened: SessionDep, authorization: Annotated[str, Header()]) -> int:
    token = authorization.removeprefix("Bearer ")
    digest = hashlib.sha256(token.encode()).digest()
    key = opened.exec(select(ApiKey).where(ApiKey.hash == digest)).first()
    if key is None or key.id is None:
        raise HTTPException(401, "the API key is not valid")
    return key.id


CallerDep = Annotated[int, Depends(caller)]


def picture(uri: str) -> bytes:
    head, _, data = uri.partition(",")
    if not head.startswith("data:image/png;base64"):
        raise HTTPException(400, "not a PNG")
    decoded = base64.b64decode(data, validate=True)
    width, height = struct.unpack(">II", decoded[16:24])
    if decoded[:8] != b"\x89PNG\r\n\x1a\n" or not 0 < width * height < 64_000_000:
        raise HTTPException(400, "not a PNG of a fit size")
    return decoded


def view(task: Task) -> View:
    request = Submit.model_validate_json(task.request)
    return View(id=task.id, state=task.state, request=request, created_at=task.created_at)


@app.post("/kinora/v1/tasks")
def submit(body: Submit, opened: SessionDep, key: CallerDep) -> View:
    decoded = picture(body.images[0])
    kept = body.model_copy(update={"images": ["inline"]})
    task = Task(
        id=str(uuid.uuid4()),
        key_id=key,
        state="queued",
        request=kept.model_dump_json(),
        picture=decoded,
        created_at=time.time(),
    )
    opened.add(task)
    opened.commit()
    opened.refresh(task)
    return view(task)


@app.get("/kinora/v1/tasks/{task_id}")
def status(task_id: str, opened: SessionDep, key: CallerDep) -> View:
    task = opened.get(Task, task_id)
    if task is None or task.key_id != key:
        raise HTTPException(404, "there is no such task")
    return view(task)


uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="error")
