"""OpenAI's own Python client against Kinora: only the host and the key are set."""

import asyncio
import os

import openai

client = openai.OpenAI(base_url=os.environ["KINORA_URL"] + "/v1", api_key=os.environ["KINORA_API_KEY"])
picture = os.environ["KINORA_PICTURE"]

with open(picture, "rb") as file:
    video = client.videos.create_and_poll(
        model="viduq2-turbo", prompt="make it dance.", seconds="1", size="640x360", input_reference=file
    )
assert (video.object, video.status, video.progress) == ("video", "completed", 100), video
assert (video.seconds, video.size, video.model) == ("1", "640x360", "viduq2-turbo"), video

for variant, start in [("video", b"ftyp"), ("thumbnail", b"WEBP"), ("spritesheet", b"\xff\xd8\xff")]:
    content = client.videos.download_content(video.id, variant=variant).read()
    assert start in content[:16], (variant, content[:16])

remix = client.videos.remix(video.id, prompt="now it snows.")
assert remix.remixed_from_video_id == video.id, remix
assert client.videos.poll(remix.id).status == "completed"

listed = [found.id for found in client.videos.list(limit=1, order="asc")]
assert listed == [video.id, remix.id], listed

# The object form, which the client turns into bracketed form keys; and a picture that nobody serves.
reference = {"input_reference": {"image_url": "https://pictures.invalid/cat.png"}}
waiting = client.videos.create(model="viduq2-turbo", prompt="a", seconds="1", extra_body=reference)
failed = client.videos.poll(waiting.id)
assert failed.status == "failed" and failed.error.code == "invalid_image_url", failed

deleted = client.videos.delete(video.id)
assert (deleted.id, deleted.deleted, deleted.object) == (video.id, True, "video.deleted"), deleted



def refused(kind, call):
    """The error of that kind that the client made of the answer."""
    try:
        call()
    except kind as error:
        return error
    raise SystemExit(f"no {kind.__name__}")


error = refused(openai.NotFoundError, lambda: client.videos.retrieve(video.id))
assert error.body["message"] == f"Video with id '{video.id}' not found.", error
error = refused(openai.BadRequestError, lambda: client.videos.create(prompt="a cat"))
assert error.param == "input_reference" and error.type == "invalid_request_error", error
assert error.code == "missing_required_parameter" and error.request_id, error
stranger = openai.OpenAI(base_url=client.base_url, api_key="kn_wrong")
assert refused(openai.AuthenticationError, stranger.videos.list).code == "invalid_api_key"

# The same idempotency key with another content is not tried again; content that is not there yet is not found.
once = {"extra_headers": {"Idempotency-Key": "order 7"}, "extra_body": reference, "model": "viduq2-turbo", "seconds": "10"}
first = client.videos.create(prompt="a", **once)
assert client.videos.create(prompt="a", **once).id == first.id
assert refused(openai.ConflictError, lambda: client.videos.create(prompt="b", **once)).code == "idempotency_mismatch"
error = refused(openai.NotFoundError, lambda: client.videos.download_content(failed.id))
assert error.body["message"].startswith("Video is not ready yet"), error

# What the service had besides, and this server has not.
for what, call in [
    ("edits", lambda: client.videos.edit(prompt="a", video=b"a video")),
    ("extensions", lambda: client.videos.extend(prompt="a", seconds="4", video=b"a video")),
    ("characters", lambda: client.videos.create_character(name="cat", video=b"no video")),
    ("characters", lambda: client.videos.get_character("char_7")),
]:
    assert f"does not offer {what}" in refused(openai.NotFoundError, call).body["message"], what


async def life():
    """The same client without threads."""
    patient = openai.AsyncOpenAI(base_url=client.base_url, api_key=client.api_key)
    with open(picture, "rb") as file:
        made = await patient.videos.create_and_poll(model="viduq2-turbo", prompt="a", seconds="1", input_reference=file)
    async for found in patient.videos.list(order="desc"):
        assert (made.status, found.id) == ("completed", made.id), (made, found)
        break


asyncio.run(life())
print("passed")
