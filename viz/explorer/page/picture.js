// What is too small to be read is moved as a picture while the view moves.

/** The blocks of colour with what is around them, drawn once and moved while the view moves. */
class Picture {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.version = -1;
    this.shown = false;
  }

  show(view) {
    const { camera, ratio, context } = view;
    if (!this.fits(view)) this.draw(view);
    const size = camera.scale / this.scale;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(
      this.canvas,
      (this.x - camera.x) * camera.scale * ratio,
      (this.y - camera.y) * camera.scale * ratio,
      this.canvas.width * size,
      this.canvas.height * size,
    );
    const scaled = camera.scale * ratio;
    context.setTransform(scaled, 0, 0, scaled, -camera.x * scaled, -camera.y * scaled);
    this.shown = true;
  }

  /** Whether it shows all that is in sight, and in about the right size. */
  fits({ scene, camera, ...view }) {
    if (this.version !== scene.version || camera.scale > this.scale * 1.6 || camera.scale < this.scale * 0.5) return false;
    const [right, bottom] = [this.x + this.width, this.y + this.height];
    return (
      this.x <= Math.max(camera.x, 0) &&
      this.y <= Math.max(camera.y, 0) &&
      right >= Math.min(camera.x + view.width / camera.scale, scene.width) &&
      bottom >= Math.min(camera.y + view.height / camera.scale, scene.height)
    );
  }

  draw(view) {
    const { scene, camera, ratio, width, height } = view;
    this.version = scene.version;
    this.scale = camera.scale;
    const [left, top] = [camera.x - width / camera.scale / 2, camera.y - height / camera.scale / 2];
    this.x = Math.max(left, -10 / camera.scale);
    this.y = Math.max(top, -10 / camera.scale);
    this.width = Math.min(left + (2 * width) / camera.scale, scene.width + 10 / camera.scale) - this.x;
    this.height = Math.min(top + (2 * height) / camera.scale, scene.height + 10 / camera.scale) - this.y;
    const scaled = camera.scale * ratio;
    this.canvas.width = Math.max(Math.ceil(this.width * scaled), 1);
    this.canvas.height = Math.max(Math.ceil(this.height * scaled), 1);
    const context = this.canvas.getContext("2d", { alpha: false });
    context.fillStyle = scene.data.style.colour.paper;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(scaled, 0, 0, scaled, -this.x * scaled, -this.y * scaled);
    view.drawBlocks(context, camera.scale, [this.x, this.y, this.x + this.width, this.y + this.height]);
  }
}
