// Pictures of the places where probes hang: taken with the panel or tablet that shows this page,
// made small here, so that what the camera writes beside the picture does not even leave it.

import { keep, make, write, writeOrHide } from "./parts.js";
import { has, say } from "./words.js";

/** Longest side, in points: a hand's breadth around a probe is still seen. */
const SIDE_MAX = 1280;
const QUALITY = 0.8;
/** Bytes to a call: a longer list of arguments is refused. */
const PIECE = 8192;

class PlacePictures extends HTMLElement {
  connectedCallback() {
    this.version = 0;
    this.missing = new Set();
    this.said = make("p", "verdict");
    this.said.setAttribute("role", "status");
    this.said.hidden = true;
    this.list = make("div", "list places");
    this.append(this.list, this.said);
  }

  fill(sensors) {
    keep(this.list, sensors, () => this.place(), (node, sensor) => {
      const [picture, label] = node.children;
      const source = `/api/place?sensor=${sensor.id}&v=${this.version}`;
      if (picture.getAttribute("src") !== source && !this.missing.has(source)) {
        picture.hidden = true;
        picture.setAttribute("src", source);
      }
      picture.alt = say("place.of", { who: sensor.id });
      write(label.firstChild, `${sensor.unit} · ${sensor.id} · ${say("place.take")}`);
      label.lastChild.dataset.sensor = sensor.id;
    });
  }

  place() {
    const picture = make("img");
    picture.hidden = true;
    picture.addEventListener("load", () => { picture.hidden = false; });
    picture.addEventListener("error", () => { this.missing.add(picture.getAttribute("src")); });
    const input = make("input");
    input.type = "file";
    input.accept = "image/*";
    input.setAttribute("capture", "environment");
    input.addEventListener("change", () => this.take(input));
    return make("div", "place", picture, make("label", "take", make("span"), input));
  }

  async take(input) {
    const [file] = input.files;
    if (!file) return;
    let word = "";
    try {
      const reply = await fetch("/api/place-picture", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ sensor: input.dataset.sensor, jpeg: await small(file) }),
      });
      const key = `refused.${(await reply.json()).refused}`;
      word = reply.ok ? "" : say(has(key) ? key : "refused.lost");
      if (reply.ok) {
        this.version += 1;
        this.missing.clear();
      }
    } catch {
      word = say("refused.bad-picture");
    }
    input.value = "";
    writeOrHide(this.said, word);
  }
}

/** Upright, no longer than it has to be, in Base64. */
async function small(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const by = Math.min(1, SIDE_MAX / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * by);
  canvas.height = Math.round(image.height * by);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(text);
}

customElements.define("place-pictures", PlacePictures);
