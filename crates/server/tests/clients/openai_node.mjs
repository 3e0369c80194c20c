// OpenAI's own JavaScript client against Kinora: only the host and the key are set.
import assert from "node:assert/strict";
import fs from "node:fs";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.env.KINORA_URL}/v1`, apiKey: process.env.KINORA_API_KEY });

let video = await client.videos.create({
  model: "viduq2-turbo",
  prompt: "make it dance.",
  seconds: "1",
  size: "640x360",
  input_reference: fs.createReadStream(process.env.KINORA_PICTURE),
});
assert.equal(video.status, "queued");
while (!["completed", "failed"].includes(video.status)) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  video = await client.videos.retrieve(video.id);
}
assert.equal(video.status, "completed");
assert.equal(video.size, "640x360");

const content = await client.videos.downloadContent(video.id);
assert.equal(content.headers.get("content-type"), "video/mp4");
assert.equal(Buffer.from(await content.arrayBuffer()).subarray(4, 8).toString(), "ftyp");

const remix = await client.videos.remix(video.id, { prompt: "now it snows." });
assert.equal(remix.remixed_from_video_id, video.id);

const ids = [];
for await (const found of client.videos.list({ limit: 1, order: "asc" })) ids.push(found.id);
assert.deepEqual(ids, [video.id, remix.id]);

const deleted = await client.videos.delete(remix.id);
assert.deepEqual(deleted, { id: remix.id, deleted: true, object: "video.deleted" });
await assert.rejects(client.videos.retrieve(remix.id), (error) => error instanceof OpenAI.NotFoundError);
await assert.rejects(
  client.videos.create({ prompt: "a cat" }),
  (error) => error instanceof OpenAI.BadRequestError && error.param === "input_reference" && error.code === "missing_required_parameter",
);
const stranger = new OpenAI({ baseURL: client.baseURL, apiKey: "kn_wrong" });
await assert.rejects(stranger.videos.list(), (error) => error instanceof OpenAI.AuthenticationError && error.code === "invalid_api_key");

// The same idempotency key with another content is not tried again; content that is not there yet is not found.
const reference = { image_url: "https://pictures.invalid/cat.png" };
const once = { headers: { "Idempotency-Key": "order 7" } };
const waiting = await client.videos.create({ model: "viduq2-turbo", prompt: "a", seconds: "1", input_reference: reference }, once);
await assert.rejects(
  client.videos.create({ model: "viduq2-turbo", prompt: "b", seconds: "1", input_reference: reference }, once),
  (error) => error instanceof OpenAI.ConflictError && error.code === "idempotency_mismatch",
);
await assert.rejects(
  client.videos.downloadContent(waiting.id),
  (error) => error instanceof OpenAI.NotFoundError && error.error.message.startsWith("Video is not ready yet"),
);

// What the service had besides, and this server has not.
for (const [what, call] of [
  ["edits", () => client.videos.edit({ prompt: "a", video: { id: video.id } })],
  ["extensions", () => client.videos.extend({ prompt: "a", seconds: "4", video: { id: video.id } })],
  ["characters", () => client.videos.getCharacter("char_7")],
])
  await assert.rejects(call, (error) => error instanceof OpenAI.NotFoundError && error.message.includes(`does not offer ${what}`));
console.log("passed");
