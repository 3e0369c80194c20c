"""OpenAI's own Python client against Kinora: only the host and the key are set."""

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

try:
    client.videos.retrieve(video.id)
    raise SystemExit("a deleted video was found")
except openai.NotFoundError as error:
    assert error.body["message"] == f"Video with id '{video.id}' not found.", error
try:
    client.videos.create(prompt="a cat")
    raise SystemExit("text alone was taken")
except openai.BadRequestError as error:
    assert error.param == "input_reference" and error.type == "invalid_request_error", error
try:
    openai.OpenAI(base_url=os.environ["KINORA_URL"] + "/v1", api_key="kn_wrong").videos.list()
    raise SystemExit("a wrong key was taken")
except openai.AuthenticationError as error:
    assert error.code == "invalid_api_key", error
print("passed")
