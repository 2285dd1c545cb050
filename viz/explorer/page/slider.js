// The slider through the history: a tick for every day on which something changes.

class Slider {
  constructor(scene, actions) {
    Object.assign(this, { scene, actions });
    const { data } = scene;
    this.ticks = changeDays(data);
    const days = [...this.ticks.map((tick) => tick.day), data.chart.on];
    const [first, last] = [Math.min(...days), Math.max(...days)];
    const around = Math.max(Math.round((last - first) * 0.03), 20);
    this.first = first - around;
    this.last = last + around;
    this.input = byId("day");
    this.input.min = this.first;
    this.input.max = this.last;
    this.input.value = data.chart.on;
    this.input.addEventListener("input", () => actions.setDay(this.snapped(Number(this.input.value))));
    this.input.addEventListener("keydown", (event) => this.key(event));
    byId("day-before").addEventListener("click", () => this.step(-1));
    byId("day-after").addEventListener("click", () => this.step(1));
    byId("day-first").addEventListener("click", () => actions.setDay(data.chart.on));
    this.drawTicks();
    this.update();
  }

  /** The day of a tick, where the thumb is near it. */
  snapped(day) {
    const near = ((this.last - this.first) / Math.max(this.input.clientWidth, 1)) * 4;
    let best = day;
    for (const tick of this.ticks) {
      if (Math.abs(tick.day - day) <= Math.min(near, Math.abs(best - day) || near)) best = tick.day;
    }
    return best;
  }

  key(event) {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.step(step);
  }

  /** To the next day, or the one before, on which something changes. */
  step(direction) {
    const { day } = this.scene;
    const next =
      direction > 0 ? this.ticks.find((tick) => tick.day > day) : [...this.ticks].reverse().find((tick) => tick.day < day);
    if (next) this.actions.setDay(next.day);
  }

  share(day) {
    return (day - this.first) / (this.last - this.first);
  }

  drawTicks() {
    const bar = byId("ticks");
    const marks = this.ticks.map((tick) => {
      const mark = el("i", { class: tick.weight > 1 ? "tick strong" : "tick" });
      mark.style.left = `${this.share(tick.day) * 100}%`;
      return mark;
    });
    const years = [];
    const [from, to] = [dateOf(this.first).getUTCFullYear() + 1, dateOf(this.last).getUTCFullYear()];
    const every = Math.max(1, Math.ceil((to - from + 1) / 12));
    for (let year = from; year <= to; year += every) {
      const mark = el("span", { class: "year", text: String(year) });
      mark.style.left = `${this.share(Date.UTC(year, 0, 1) / 86400000) * 100}%`;
      years.push(mark);
    }
    const start = el("i", { class: "tick start" });
    start.style.left = `${this.share(this.scene.data.chart.on) * 100}%`;
    bar.replaceChildren(...years, ...marks, start);
  }

  /** Show the scene's day. */
  update() {
    const { day } = this.scene;
    const events = eventsOn(this.scene.data, day);
    this.input.value = day;
    this.input.setAttribute("aria-valuetext", dayText(day));
    byId("day-text").textContent = dayText(day);
    const first = events[0];
    let text = "";
    if (first !== undefined) {
      text = this.scene.data.text(this.scene.data.events.title[first]) || this.scene.data.text(this.scene.data.events.kind[first]);
      if (events.length > 1) text += ` (${word("more", { n: events.length - 1 })})`;
    } else if (this.ticks.some((tick) => tick.day === day)) text = word("changes_count", { n: this.scene.marked.size + this.scene.gone.length });
    byId("day-events").textContent = text;
    byId("day-events").hidden = !text;
    byId("day-before").disabled = !this.ticks.some((tick) => tick.day < day);
    byId("day-after").disabled = !this.ticks.some((tick) => tick.day > day);
    byId("day-first").hidden = day === this.scene.data.chart.on;
  }
}

/** Events that are dated to a day. */
function eventsOn(data, day) {
  const found = [];
  data.events.day.forEach((when, event) => when === day && found.push(event));
  return found;
}
