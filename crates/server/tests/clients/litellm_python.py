"""LiteLLM, a gateway, against Kinora: only the host and the key are set."""

import os
import time

import litellm

host = {"api_base": os.environ["KINORA_URL"] + "/v1", "api_key": os.environ["KINORA_API_KEY"], "custom_llm_provider": "openai"}
with open(os.environ["KINORA_PICTURE"], "rb") as file:
    video = litellm.video_generation(
        prompt="make it dance.", model="viduq2-turbo", seconds="1", size="640x360", input_reference=file, **host
    )
assert video.object == "video" and video.status in ("queued", "in_progress"), video
while video.status in ("queued", "in_progress"):
    time.sleep(0.2)
    video = litellm.video_status(video_id=video.id, **host)
assert (video.status, video.seconds, video.size) == ("completed", "1", "640x360"), video
content = litellm.video_content(video_id=video.id, **host)
assert content[4:8] == b"ftyp", content[:16]
remix = litellm.video_remix(video_id=video.id, prompt="now it snows.", **host)
assert remix.status == "queued", remix
print("passed")
