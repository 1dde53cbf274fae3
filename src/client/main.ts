/** Small comforts. Every page works without this file. */
document.documentElement.classList.add("zn-js");
