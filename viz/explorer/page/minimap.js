// The whole chart in a corner, with a frame around what is in sight.

class Minimap {
  constructor(view) {
    this.view = view;
    this.canvas = byId("minimap");
    this.context = this.canvas.getContext("2d");
    this.picture = document.createElement("canvas");
    const go = (event) => event.buttons && this.go(event);
    this.canvas.addEventListener("pointerdown", (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      go(event);
    });
    this.canvas.addEventListener("pointermove", go);
    this.place();
  }

  go(event) {
    const box = this.canvas.getBoundingClientRect();
    const { view } = this;
    const x = (event.clientX - box.left - this.dx) / this.scale;
    const y = (event.clientY - box.top - this.dy) / this.scale;
    view.gliding = null;
    view.look({ ...view.camera, x: x - view.width / 2 / view.camera.scale, y: y - view.height / 2 / view.camera.scale });
  }

  /** Draw the chart anew: the boxes have other places. */
  place() {
    const { scene } = this.view;
    const { clientWidth, clientHeight } = this.canvas;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    for (const canvas of [this.canvas, this.picture]) {
      canvas.width = clientWidth * ratio;
      canvas.height = clientHeight * ratio;
    }
    const margin = 6;
    this.ratio = ratio;
    this.scale = Math.min((clientWidth - 2 * margin) / scene.width, (clientHeight - 2 * margin) / scene.height);
    this.dx = (clientWidth - scene.width * this.scale) / 2;
    this.dy = (clientHeight - scene.height * this.scale) / 2;
    const context = this.picture.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { states, style } = scene.data;
    const least = 1 / ratio;
    for (let slot = 0; slot < scene.units.length; slot++) {
      const box = scene.slots[slot];
      context.fillStyle = style.looks[states.look[scene.state[slot]]].block;
      context.fillRect(
        this.dx + scene.x[slot] * this.scale,
        this.dy + scene.y[slot] * this.scale,
        Math.max(box.width * this.scale, least),
        Math.max(box.height * this.scale, least),
      );
    }
    this.draw();
  }

  draw() {
    const { context, canvas, view } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.picture, 0, 0);
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const [left, top, right, bottom] = view.sight();
    const all = left <= 0 && top <= 0 && right >= view.scene.width && bottom >= view.scene.height;
    canvas.classList.toggle("idle", all);
    const x1 = Math.max(this.dx + left * this.scale, 1);
    const y1 = Math.max(this.dy + top * this.scale, 1);
    const x2 = Math.min(this.dx + right * this.scale, canvas.clientWidth - 1);
    const y2 = Math.min(this.dy + bottom * this.scale, canvas.clientHeight - 1);
    context.fillStyle = "rgba(11, 98, 196, 0.08)";
    context.strokeStyle = ACCENT;
    context.lineWidth = 1.5;
    context.fillRect(x1, y1, x2 - x1, y2 - y1);
    context.strokeRect(x1, y1, x2 - x1, y2 - y1);
  }
}
