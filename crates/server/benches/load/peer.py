"""The same two routes as plainly as one would write them: FastAPI, SQLite, one worker, durable commits."""

import json
import sqlite3
import sys
import uuid

import uvicorn
from fastapi import FastAPI, Request

app = FastAPI()
database = sqlite3.connect(sys.argv[2], check_same_thread=False)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute("CREATE TABLE tasks (id TEXT PRIMARY KEY, state TEXT, request TEXT)")
database.commit()


@app.post("/kinora/v1/tasks")
async def submit(request: Request):
    body = await request.json()
    task = str(uuid.uuid4())
    database.execute("INSERT INTO tasks VALUES (?, 'queued', ?)", (task, json.dumps(body)))
    database.commit()
    return {"id": task, "state": "queued"}


@app.get("/kinora/v1/tasks/{task}")
async def status(task: str):
    row = database.execute("SELECT state FROM tasks WHERE id = ?", (task,)).fetchone()
    return {"id": task, "state": row[0]}


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
