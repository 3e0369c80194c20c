// Novita's own JavaScript client against Kinora: only the host and the key are set. It sends the bare key.
import assert from "node:assert/strict";
import fs from "node:fs";
import { NovitaSDK, NovitaError, TaskStatus } from "novita-sdk";

const client = new NovitaSDK(process.env.KINORA_API_KEY);
client.setBaseUrl(process.env.KINORA_URL);

const { task_id } = await client.img2Video({
  model_name: "SVD-XT",
  image_file: fs.readFileSync(process.env.KINORA_PICTURE).toString("base64"),
  frames_num: 6,
  frames_per_second: 6,
  image_file_resize_mode: "ORIGINAL_RESOLUTION",
  steps: 20,
});
let result;
do {
  await new Promise((resolve) => setTimeout(resolve, 200));
  result = await client.progress({ task_id });
} while ([TaskStatus.QUEUED, TaskStatus.PROCESSING].includes(result.task.status));
assert.equal(result.task.status, TaskStatus.SUCCEED);
const video = await fetch(result.videos[0].video_url);
assert.equal(Buffer.from(await video.arrayBuffer()).subarray(4, 8).toString(), "ftyp");

await assert.rejects(client.progress({ task_id: "12345" }), (error) => error instanceof NovitaError && error.code === 404 && error.reason === "TASK_NOT_FOUND");
await assert.rejects(
  client.img2Video({ model_name: "SVD-XT", image_file: "bm8gcGljdHVyZQ==", frames_num: 6, steps: 20 }),
  (error) => error instanceof NovitaError && error.code === 400 && error.reason === "INVALID_REQUEST_BODY",
);
client.setNovitaKey("kn_wrong");
await assert.rejects(client.progress({ task_id }), (error) => error instanceof NovitaError && error.code === 403 && error.reason === "INVALID_API_KEY");
console.log("passed");
