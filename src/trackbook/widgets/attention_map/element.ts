import { defineElement } from "../../browser/element";

defineElement("tb-attention-map", () => false);
