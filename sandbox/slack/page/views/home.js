// The bot's Home tab: the view it publishes for the acting person.

import { blocks } from "../blocks/blocks.js";
import { el, fill } from "../dom.js";
import { spark } from "../icons.js";
import { viewContext } from "./modal.js";

export class HomeTab {
  #drawn = null;

  constructor(app) {
    this.app = app;
    this.node = el("div", { class: "home", hidden: true });
  }

  render() {
    const { home, bot } = this.app.store;
    if (this.#drawn === home && this.node.hasChildNodes()) return;
    this.#drawn = home;
    if (!home) {
      fill(this.node, el("div", { class: "home-empty" }, spark(40), el("p", {}, `${bot?.real_name ?? "The app"} has not put anything here yet.`)));
      return;
    }
    fill(this.node, el("div", { class: "home-inner" }, blocks(home.blocks, viewContext(this.app, home).ctx)));
  }
}
