/** The service as the widget sees it. All fields come from the network: render them as text only. */

import { readEvents } from "./sse.js";

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
 * @property {string[]} suggested_questions
 * @property {Record<string, string>} texts
 * @property {Office | null} office
 * @property {{text: string, language: string, dir: "ltr" | "rtl"}[]} [notices] while the bot is paused
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
 * @typedef {{sources: Source[], office: Office | null, online_service: {title: string, url: string | null} | null,
 *   suggestions: {title: string, url: string | null}[], notices: string[]}} Extras
 * @typedef {{answer_id: string, conversation_id: string, status: string, language: string, model: string,
 *   generation: string}} Done
 */

const SILENCE_LIMIT_MS = 120_000;

/** Why there is no (whole) answer. `code` has a text `error_<code>`; `detail` is the service's own sentence. */
export class Problem extends Error {
  /**
   * @param {"busy" | "not_ready" | "offline" | "unreachable" | "broken" | "timeout" | "invalid" | "failed"} code
   * @param {{detail?: string, retryAfterSeconds?: number}} [more]
   */
  constructor(code, { detail = "", retryAfterSeconds = 0 } = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
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
  const register = `${encodeURIComponent(config.tenant)}/transparenz?language=${config.language}`;
  return { ...config, transparency_url: `${base}${register}` };
}

/**
 * Asks, and yields the answer's events as they come; returns after `done`.
 * @param {string} base
 * @param {string} tenant
 * @param {{question: string, conversation_id?: string, language?: string}} body
 * @param {AbortSignal} signal stops the answer; then this throws the signal's reason
 * @throws {Problem}
 */
export async function* streamAnswer(base, tenant, body, signal) {
  const silence = new AbortController();
  const either = AbortSignal.any ? AbortSignal.any([signal, silence.signal]) : signal;
  let timer = setTimeout(() => silence.abort(), SILENCE_LIMIT_MS);
  try {
    const response = await reach(`${base}api/v1/${encodeURIComponent(tenant)}/chat`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(body),
      signal: either,
    });
    for await (const event of readEvents(response.body)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_LIMIT_MS);
      yield event;
      if (event.type === "done") return;
    }
    throw new Problem("broken");
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (silence.signal.aborted) throw new Problem("timeout");
    throw error instanceof Problem ? error : new Problem(navigator.onLine ? "broken" : "offline");
  } finally {
    clearTimeout(timer);
  }
}

async function reach(url, options = {}) {
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
  return new Problem("failed");
}
