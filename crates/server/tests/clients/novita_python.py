"""Novita's own Python client against Kinora: only the host and the key are set."""

import os

from novita_client import NovitaClient
from novita_client.exceptions import NovitaResponseError
from novita_client.proto import V3TaskResponseStatus

client = NovitaClient(os.environ["KINORA_API_KEY"], base_url=os.environ["KINORA_URL"])

# Waits, then downloads.
result = client.img2video(
    os.environ["KINORA_PICTURE"],
    "SVD-XT",
    steps=20,
    frames_num=6,
    frames_per_second=6,
    motion_bucket_id=200,
    # As text: the client cannot write its own default as JSON.
    image_file_resize_mode="ORIGINAL_RESOLUTION",
)
assert result.task.status == V3TaskResponseStatus.TASK_STATUS_SUCCEED, result
assert result.task.progress_percent == 100, result
[video] = result.videos
assert video.video_type == "mp4" and video.video_url_ttl == 3600, video
assert result.video_bytes[0][4:8] == b"ftyp"

try:
    client.async_task_result("12345")
    raise SystemExit("an unknown task was found")
except NovitaResponseError:
    pass
try:
    NovitaClient("kn_wrong", base_url=os.environ["KINORA_URL"]).async_task_result(result.task.task_id)
    raise SystemExit("a wrong key was taken")
except NovitaResponseError:
    pass
print("passed")
