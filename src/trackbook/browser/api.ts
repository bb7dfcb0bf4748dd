/** What the elements of a course's own widgets import from "trackbook". docs/authoring.md lists it: to take something away breaks courses. */
export { readState, writeState } from "./address";
export { tell } from "./answers";
export { makeActions, makeButton, makeStatus, removeWhenGone, turnOn, whenGone } from "./controls";
export { defineElement } from "./element";
export { Keeper, nameItem, recall } from "./former";
export { loadJson } from "./loading";
export { make } from "./make";
export { readNumber, readNumbers, writeNumber } from "./numbers";
export { say } from "./texts";
