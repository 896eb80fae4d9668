// What the theme leaves out for those who read by keyboard or by ear.
const scrollable = "pre, .table-wrapper"

function letKeyboardScroll() {
  for (const each of document.querySelectorAll(scrollable)) {
    if (each.scrollWidth > each.clientWidth) each.tabIndex = 0
    else each.removeAttribute("tabindex")
  }
}

for (const each of document.querySelectorAll(".caption[role=heading]")) each.ariaLevel = 2
const menu = document.querySelector(".sidebar-drawer")
if (menu) menu.ariaLabel = document.title
letKeyboardScroll()
addEventListener("load", letKeyboardScroll)
addEventListener("resize", letKeyboardScroll)
