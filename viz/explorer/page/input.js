// Mouse, touch, wheel and keys on the canvas.

class Input {
  constructor(view, actions) {
    Object.assign(this, { view, actions });
    this.pointers = new Map();
    const { canvas } = view;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.up(event));
    canvas.addEventListener("pointerleave", () => actions.hover(-1));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("dblclick", (event) => this.double(event));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  point(event) {
    const box = this.view.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  down(event) {
    this.view.canvas.setPointerCapture(event.pointerId);
    this.view.gliding = null;
    this.pointers.set(event.pointerId, this.point(event));
    this.travelled = this.pointers.size > 1 ? Infinity : 0;
  }

  move(event) {
    const now = this.point(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) return this.hover(event, now);
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.pointers.set(event.pointerId, now);
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    if (!others.length) {
      this.travelled += Math.hypot(dx, dy);
      if (this.travelled > 4) {
        this.view.canvas.classList.add("dragging");
        this.view.pan(dx, dy);
      }
      return;
    }
    const other = others[0];
    const apart = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]);
    this.view.pan(dx / 2, dy / 2);
    this.view.zoom(apart(now) / Math.max(apart(before), 1), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  }

  up(event) {
    const known = this.pointers.delete(event.pointerId);
    this.view.canvas.classList.remove("dragging");
    if (known && event.type === "pointerup" && this.travelled <= 4) this.click(this.point(event));
    if (this.pointers.size) this.travelled = Infinity;
  }

  hover(event, point) {
    if (event.pointerType === "touch") return;
    const slot = this.view.scene.at(...this.view.toChart(...point));
    this.view.canvas.classList.toggle("over", slot >= 0 || this.handleAt(point) >= 0);
    this.actions.hover(slot);
  }

  /** The slot whose handle, or badge, is at a point on the screen. */
  handleAt([x, y]) {
    const { view } = this;
    const { scene } = view;
    const [cx, cy] = view.toChart(x, y);
    const reach = Math.max(9, 12 / view.camera.scale);
    if (view.camera.scale < 0.35) return -1;
    let found = -1;
    scene.visit(cx - reach, cy - reach, cx + reach, cy + reach, (slot) => {
      const unit = scene.units[slot];
      if (!scene.tree.children[unit].length) return;
      const box = scene.slots[slot];
      if (scene.closed.has(unit)) {
        const below = scene.y[slot] + box.height;
        if (cy > below && cy < below + box.hang + 2 && cx > scene.x[slot] && cx < scene.x[slot] + box.width) found = slot;
        return;
      }
      const [hx, hy] = view.handle(slot);
      if (Math.hypot(hx - cx, hy - cy) <= reach) found = slot;
    });
    return found;
  }

  click(point) {
    const { scene } = this.view;
    this.view.canvas.focus({ preventScroll: true });
    const handle = this.handleAt(point);
    if (handle >= 0) return this.actions.toggle(scene.units[handle]);
    const slot = scene.at(...this.view.toChart(...point));
    this.actions.select(slot < 0 ? -1 : scene.units[slot]);
  }

  double(event) {
    const { scene } = this.view;
    const slot = scene.at(...this.view.toChart(...this.point(event)));
    if (slot >= 0) this.actions.toggle(scene.units[slot]);
    else this.view.zoom(1.8, ...this.point(event));
  }

  wheel(event) {
    event.preventDefault();
    this.view.gliding = null;
    if (event.shiftKey) return this.view.pan(-event.deltaX - event.deltaY, 0);
    const lines = event.deltaMode === 1 ? 16 : 1;
    const speed = event.ctrlKey ? 0.01 : 0.0016;
    const amount = Math.max(Math.min(event.deltaY * lines * speed, 0.5), -0.5);
    this.view.zoom(Math.exp(-amount), ...this.point(event));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return this.actions.escape();
    const { target } = event;
    if (target.closest("input, textarea, select, [role=tree], [role=menu], [role=listbox]")) return;
    if (target.closest("button, a, summary") && (event.key === "Enter" || event.key === " ")) return;
    if (target.closest("#panel") && event.key.startsWith("Arrow")) return;
    const step = event.shiftKey ? 240 : 80;
    const keys = {
      "+": () => this.view.zoom(1.25),
      "=": () => this.view.zoom(1.25),
      "-": () => this.view.zoom(0.8),
      _: () => this.view.zoom(0.8),
      0: () => this.actions.fit(),
      ArrowLeft: () => this.view.pan(step, 0),
      ArrowRight: () => this.view.pan(-step, 0),
      ArrowUp: () => this.view.pan(0, step),
      ArrowDown: () => this.view.pan(0, -step),
      Enter: () => this.actions.toggleSelected(),
      " ": () => this.actions.toggleSelected(),
      "/": () => this.actions.search(),
      "[": () => this.actions.step(-1),
      "]": () => this.actions.step(1),
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  }
}
