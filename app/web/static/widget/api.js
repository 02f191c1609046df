/** The service as the widget sees it. All fields come from the network: render them as text only. */

/**
 * @typedef {object} Config
 * @property {string} tenant
 * @property {string} name
 * @property {string} language
 * @property {string[]} languages
 * @property {"ltr" | "rtl"} dir
 * @property {string} greeting
 * @property {string} disclosure
 * @property {{controller: string, data_protection_officer: string, purpose: string, legal_basis: string,
 *   notice_url: string, retention_days: number}} privacy
 * @property {string} transparency_url the town's transparency register, in the language of the window
 * @property {string} accessibility_url the statement of accessibility, in German
 * @property {string[]} suggested_questions
 * @property {Record<string, string>} texts
 * @property {Office | null} office
 * @property {{text: string, language: string, dir: "ltr" | "rtl"}[]} [notices] while the bot is paused
 * @property {string | null} [map_url] address of a map, with `{address}` in it
 * @property {{form: boolean, retention_days: number}} [handover] whether the town takes questions over from the chat
 *
 * @typedef {object} Office
 * @property {string} id
 * @property {string} name
 * @property {string} address
 * @property {string} phone
 * @property {string} email
 * @property {string} url
 * @property {string | null} appointment_url
 * @property {boolean} open_now
 * @property {[string, string][]} hours
 *
 * @typedef {{text: string, citations: number[], origin: "generated" | "quote" | "rule" | "frame", language: string,
 *   dir: "ltr" | "rtl", digital_source_type?: string | null}} Statement
 * @typedef {{number: number, title: string, module: string, url: string | null, text: string,
 *   chunk_id: string, language: string, dir: "ltr" | "rtl"}} Source
 * @typedef {{title: string, url: string | null, language: string, documents: string[], document_notes: string[],
 *   fees: {what: string, amount: string}[], fee_notes: string[],
 *   follow_ups: {label: string, question: string}[]}} NextSteps
 * @typedef {{sources: Source[], office: Office | null, online_service: {title: string, url: string | null} | null,
 *   suggestions: {title: string, url: string | null}[], next_steps?: NextSteps | null, notices: string[]}} Extras
 * @typedef {{answer_id: string, conversation_id: string, status: string, language: string, model: string,
 *   generation: string}} Done
 *
 * @typedef {{question: string, asked_at?: string, answer: Extras & Done & {statements: Statement[], disclosure: string},
 *   feedback?: {helpful: boolean} | null}} Exchange a question and its answer, as the service exports them
 */

/** Why there is no (whole) answer. `code` has a text `error_<code>`; `detail` is the service's own sentence. */
export class Problem extends Error {
  /**
   * @param {"busy" | "not_ready" | "offline" | "unreachable" | "broken" | "timeout" | "invalid" | "failed"} code
   * @param {{detail?: string, retryAfterSeconds?: number, gone?: boolean}} [more] `gone`: the service has no such thing
   */
  constructor(code, { detail = "", retryAfterSeconds = 0, gone = false } = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.gone = gone;
  }
}

/**
 * @param {string} base URL of the service, ending in a slash
 * @returns {Promise<Config>}
 */
export async function fetchConfig(base, tenant, language) {
  const query = language ? `?language=${encodeURIComponent(language)}` : "";
  const response = await reach(`${base}api/v1/${encodeURIComponent(tenant)}/widget${query}`);
  const config = await response.json();
  const pages = `${base}${encodeURIComponent(config.tenant)}`;
  return {
    ...config,
    transparency_url: `${pages}/transparenz?language=${config.language}`,
    accessibility_url: `${pages}/barrierefreiheit`,
  };
}

/**
 * Everything that the service keeps of a conversation.
 * @returns {Promise<{exchanges: Exchange[]}>}
 * @throws {Problem} with `gone` when it keeps nothing of it
 */
export async function fetchConversation(base, tenant, id) {
  return (await reach(conversationUrl(base, tenant, id))).json();
}

/** Erases it for good; fine when it is gone already. @throws {Problem} */
export async function eraseConversation(base, tenant, id) {
  await reach(conversationUrl(base, tenant, id), { method: "DELETE" }).catch((problem) => {
    if (!problem.gone) throw problem;
  });
}

/** @param {Done} answer @param {{helpful: boolean, reason?: string, comment?: string}} given @throws {Problem} */
export async function sendFeedback(base, tenant, { answer_id, conversation_id }, given) {
  const url = `${town(base, tenant)}answers/${encodeURIComponent(answer_id)}/feedback`;
  await reach(url, posted({ ...given, conversation_id }));
}

/** @param {object} body see the service's description @returns {Promise<{message: string}>} @throws {Problem} */
export async function sendHandover(base, tenant, body) {
  return (await reach(`${town(base, tenant)}handovers`, posted(body))).json();
}

/** Tells the service that nobody waits for an answer any more; what comes of it doesn't matter. */
export function stopAnswer(base, tenant, { conversation_id, request_id }) {
  if (!request_id) return;
  const options = { method: "DELETE", keepalive: true, credentials: "omit", referrerPolicy: "no-referrer" };
  fetch(requestUrl(base, tenant, conversation_id, request_id), options).catch(() => {});
}

export function requestUrl(base, tenant, conversation, request) {
  return `${conversationUrl(base, tenant, conversation)}/requests/${encodeURIComponent(request)}`;
}

export function town(base, tenant) {
  return `${base}api/v1/${encodeURIComponent(tenant)}/`;
}

export function posted(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function conversationUrl(base, tenant, id) {
  return `${town(base, tenant)}conversations/${encodeURIComponent(id)}`;
}

/** A response of the service that is all right. @throws {Problem} */
export async function reach(url, options = {}) {
  let response;
  try {
    response = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", ...options });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Problem(navigator.onLine ? "unreachable" : "offline");
  }
  if (response.ok) return response;
  throw await problemOf(response);
}

async function problemOf(response) {
  const document = await response.json().catch(() => ({})); // a proxy's error page is no problem document
  const detail = typeof document.detail === "string" ? document.detail : "";
  if (document.code === "not_ready") return new Problem("not_ready");
  if (response.status === 503 || response.status === 429) {
    return new Problem("busy", { retryAfterSeconds: Number.parseInt(response.headers.get("Retry-After"), 10) || 5 });
  }
  if (response.status === 422 || response.status === 413) return new Problem("invalid", { detail });
  return new Problem("failed", { gone: response.status === 404 });
}
