"""LiteLLM, a gateway, against Kinora: only the host and the key are set."""

import os
import time

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # Its prices would come from the internet.

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
listed = litellm.video_list(order="asc", **host)
assert [found["status"] for found in listed["data"]][:1] == ["completed"] and len(listed["data"]) == 2, listed


def refused(kind, call):
    """The error of that kind that the client made of the answer. It has no call that deletes a video."""
    try:
        call()
    except kind as error:
        return str(error)
    raise SystemExit(f"no {kind.__name__}")


assert "not found" in refused(litellm.NotFoundError, lambda: litellm.video_status(video_id="video_12345", **host))
assert "not found" in refused(litellm.NotFoundError, lambda: litellm.video_content(video_id="video_12345", **host))
assert "input_reference" in refused(
    litellm.BadRequestError, lambda: litellm.video_generation(prompt="a cat", model="viduq2-turbo", **host)
)
stranger = {**host, "api_key": "kn_wrong"}
refused(litellm.AuthenticationError, lambda: litellm.video_status(video_id=video.id, **stranger))
assert "does not offer edits" in refused(
    litellm.NotFoundError, lambda: litellm.video_edit(video_id=video.id, prompt="a", **host)
)
print("passed")
