// Large pictures: a button shows the whole picture, or its full size again.

function startPictures() {
  for (const figure of document.querySelectorAll(".drawing")) {
    const box = figure.querySelector(".scroll");
    const picture = box.querySelector("svg");
    if (picture.getBoundingClientRect().width <= box.clientWidth) continue;
    const button = document.createElement("button");
    button.type = "button";
    const tell = () => {
      button.textContent = figure.classList.contains("fitted") ? "Full size" : "Whole picture";
    };
    button.addEventListener("click", () => {
      figure.classList.toggle("fitted");
      tell();
    });
    tell();
    figure.querySelector("figcaption").prepend(button);
  }
}

startPictures();
