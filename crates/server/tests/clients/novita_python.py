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



def refused(call):
    """What the client made of the answer."""
    try:
        call()
    except NovitaResponseError as error:
        return str(error)
    raise SystemExit("that was taken")


assert "status 404" in refused(lambda: client.async_task_result("12345"))
stranger = NovitaClient("kn_wrong", base_url=os.environ["KINORA_URL"])
assert "status 403" in refused(lambda: stranger.async_task_result(result.task.task_id))

# The two halves of the call above, and one that is refused when it is handed over.
options = {"steps": 20, "frames_num": 6, "image_file_resize_mode": "ORIGINAL_RESOLUTION"}
waiting = client.async_img2video(os.environ["KINORA_PICTURE"], "SVD-XT", **options)
assert client.wait_for_task_v3(waiting.task_id).task.status == V3TaskResponseStatus.TASK_STATUS_SUCCEED
said = refused(lambda: client.async_img2video("bm8gcGljdHVyZQ==", "SVD-XT", **options))
assert "status 400" in said and "INVALID_REQUEST_BODY" in said, said
print("passed")
