/** What this tab remembers until it is closed: that the notice was read, and random ids. No content. */

export class Session {
  #prefix;
  #fallback = new Map();

  constructor(tenant) {
    this.#prefix = `amtslotse:${tenant}:`;
  }

  get accepted() {
    return this.#read("accepted") === "1";
  }

  accept() {
    this.#write("accepted", "1");
  }

  /** Null until the first question. */
  get conversationId() {
    return this.#read("conversation");
  }

  /** The id to send with a question; null where the browser can't make one, then the service does. */
  beginConversation() {
    if (!this.conversationId && crypto.randomUUID) this.conversationId = crypto.randomUUID();
    return this.conversationId;
  }

  set conversationId(id) {
    this.#write("conversation", id);
  }

  /** That of the question whose answer has not come to its end; null when there is none. */
  get requestId() {
    return this.#read("request");
  }

  set requestId(id) {
    this.#write("request", id);
  }

  #read(key) {
    try {
      return sessionStorage.getItem(this.#prefix + key);
    } catch {
      return this.#fallback.get(key) ?? null; // storage is blocked: remember for this page only
    }
  }

  #write(key, value) {
    this.#fallback.set(key, value);
    try {
      if (value === null) sessionStorage.removeItem(this.#prefix + key);
      else sessionStorage.setItem(this.#prefix + key, value);
    } catch {
      // storage is blocked; #fallback has it
    }
  }
}
