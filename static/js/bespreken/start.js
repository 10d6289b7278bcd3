/* A page of which one stop is shown at a time. Each file of this folder does one thing: the road
   (road.js), the keys (keys.js), the whole screen (screen.js), texts that follow fields (texts.js).
   They know stops and fields, and nothing of what a page is about.

   Without this file each stop is a page of its own, with buttons that save. */

import { listenToKeys } from "./keys.js";
import { walkTheRoad } from "./road.js";
import { fillTheScreen } from "./screen.js";
import { showTexts } from "./texts.js";

walkTheRoad();
listenToKeys();
fillTheScreen();
showTexts();
