/* What others wrote and nobody changes here: of a long one the first lines. */

import { shortenIn } from "./shorten.js";

shortenIn(document.querySelector("main"));
