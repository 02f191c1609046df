/** Reading an answer aloud, with voices that are on this device only: no word goes to a voice service. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const speech = globalThis.speechSynthesis;

/**
 * A button that reads, and stops; hidden as long as the device has no voice of its own for each of the languages.
 * @param {{text: string, language: string}[]} parts
 * @param {import("./texts.js").Translate} t
 */
export function readAloudButton(parts, t) {
  let reading = false;
  const button = h("button", { type: "button", class: "icon-button", hidden: true, onclick: () => toggle() });
  const show = (now) => {
    reading = now;
    button.replaceChildren(icon(now ? "stop" : "speaker"));
    for (const name of ["aria-label", "title"]) button.setAttribute(name, t(now ? "read_stop" : "read_aloud"));
  };
  const toggle = () => {
    const start = !reading;
    speech.cancel(); // ends what is being read, here or at another answer
    if (!start) return show(false);
    const said = parts.map(({ text, language }) => utterance(text, language));
    said.at(-1).onend = () => show(false);
    for (const one of said) {
      one.onerror = () => show(false); // also when another answer is read
      speech.speak(one);
    }
    show(true);
  };
  const offer = () => (button.hidden = !parts.length || !parts.every(({ language }) => voiceFor(language)));
  show(false);
  if (speech) {
    offer();
    speech.addEventListener?.("voiceschanged", offer); // browsers load their voices late
  }
  return button;
}

/** Ends what is being read. */
export function silence() {
  speech?.cancel();
}

function utterance(text, language) {
  const made = new SpeechSynthesisUtterance(text);
  made.voice = voiceFor(language);
  made.lang = made.voice.lang;
  return made;
}

function voiceFor(language) {
  return speech.getVoices().find((voice) => voice.localService === true && voice.lang.split(/[-_]/)[0] === language);
}
