// The left column: workspace, who one acts as, channels and direct messages with unread marks.

import { avatar } from "./avatar.js";
import { el, fill, isDrawn } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "./menu.js";

export class Sidebar {
  constructor(app) {
    this.app = app;
    this.node = el("nav", { class: "sidebar", id: "sidebar", "aria-label": "Workspace" });
  }

  #actingAs() {
    const { store } = this.app;
    const me = store.user(store.me);
    const people = [...store.users.values()].filter((user) => !user.is_bot);
    const node = el(
      "button",
      {
        type: "button", class: "acting", "aria-haspopup": "menu", "aria-label": `Acting as ${me?.real_name}. Switch person`,
        onclick: () =>
          openMenu(node, [
            ...people.map((user) => ({
              label: [avatar(user, 22), user.real_name],
              hint: user.id === store.me ? [user.standing, icon("check", 15)] : user.standing,
              run: () => this.app.actAs(user.id),
            })),
            ...this.#account(me),
          ], { "aria-label": "Act as" }),
      },
      avatar(me, 32),
      el("span", { class: "acting-words" }, el("span", { class: "acting-label" }, "Acting as"), el("span", { class: "acting-name" }, me?.real_name)),
      icon("sort", 16),
    );
    return node;
  }

  /** What an admin can change about the account of a colleague or a guest; the app is told. */
  #account(user) {
    if (!user || user.standing === "another company") return [];
    const change = (fields) => this.app.changeUser(user.id, fields);
    const address = () => {
      const email = prompt(`E-mail address of ${user.real_name}`, user.email)?.trim();
      if (email && email !== user.email) change({ email });
    };
    return [
      { label: `Change the address of ${user.real_name}`, run: address },
      { label: user.is_restricted ? "Make this guest a full member" : "Make this account a guest", run: () => change({ is_restricted: !user.is_restricted, is_ultra_restricted: false }) },
      { label: user.deleted ? "Activate this account" : "Deactivate this account", run: () => change({ deleted: !user.deleted }) },
    ];
  }

  #item(channel, mark, label) {
    const { store } = this.app;
    const here = store.current.channel === channel.id;
    const unread = store.unread(channel.id);
    return el(
      "li",
      {},
      el(
        "button",
        {
          type: "button", class: `nav-item${unread ? " unread" : ""}`, "aria-current": here ? "page" : null, "data-channel": channel.id,
          "aria-label": unread ? `${label}, ${unread} unread` : label,
          onclick: () => this.app.openChannel(channel.id),
        },
        mark,
        el("span", { class: "nav-label" }, label),
        unread ? el("span", { class: "unread-count" }, unread > 99 ? "99+" : unread) : null,
      ),
    );
  }

  render() {
    const { store } = this.app;
    const unread = [...store.channels.keys()].map((id) => store.unread(id));
    if (isDrawn(this.node, store.me, store.current.channel, unread, [...store.channels.values()], [...store.users.values()])) return;
    const focused = this.node.contains(document.activeElement);
    const channels = store.visible(false).map((c) => this.#item(c, icon(c.is_private ? "lock" : "hash", 16), c.name));
    const direct = store.visible(true).map((c) => this.#item(c, avatar(store.bot, 20), store.bot?.real_name ?? c.name));
    fill(
      this.node,
      el(
        "div",
        { class: "workspace" },
        el("span", { class: "workspace-mark", "aria-hidden": "true" }, (store.team.name || "S")[0].toUpperCase()),
        el("span", { class: "workspace-name" }, store.team.name),
        el("button", { type: "button", class: "icon-button only-narrow", "aria-label": "Close the list of channels", onclick: () => this.app.toggleSidebar(false) }, icon("close")),
      ),
      this.#actingAs(),
      el("h2", {}, "Channels"),
      el("ul", {}, channels),
      el("h2", {}, "Direct messages"),
      el("ul", {}, direct),
    );
    if (focused) this.node.querySelector("[aria-current]")?.focus();
  }
}
