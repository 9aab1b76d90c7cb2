// What a booking page gains with script: the time left, a warning, prices that add up. No page needs it.
(() => {
  "use strict";
  const spanish = document.documentElement.lang === "es";

  // As lares/templatetags/formats.py writes money.
  const money = (cents) => {
    const whole = Math.floor(cents / 100), rest = cents % 100;
    const gap = spanish ? "\u00a0" : ",";
    const digits = spanish && whole < 10000 ? `${whole}` : `${whole}`.replace(/\B(?=(\d{3})+$)/g, gap);
    return `$${digits}${rest ? `.${`${rest}`.padStart(2, "0")}` : ""}`;
  };
  const cents = (text) => Math.round(Number(text) * 100);
  const write = (selector, text) => {
    for (const place of document.querySelectorAll(selector)) place.textContent = text;
  };

  // The hold: how long it still lasts by the server's clock, whatever the clock of this device says.
  const hold = document.querySelector(".hold[data-until]");
  if (hold) {
    const words = hold.querySelector(".left"), status = hold.querySelector("[role=status]");
    const opened = Date.now(), whole = (hold.dataset.until - hold.dataset.now) * 1000;
    let told = 0, timer = 0;
    const tick = () => {
      const left = whole - (Date.now() - opened), minutes = Math.ceil(left / 60000);
      if (left <= 0) {
        if (told < 2) status.textContent = words.textContent = hold.dataset.over;
        hold.classList.add("over");
        told = 2;
        clearInterval(timer);
        return;
      }
      words.textContent = minutes === 1 ? hold.dataset.minute : hold.dataset.minutes.replace("%n", minutes);
      if (left <= 300000 && !told) {
        told = 1;
        status.textContent = hold.dataset.warn;
        hold.classList.add("soon");
      }
    };
    tick();
    timer = setInterval(tick, 1000);
  }

  // Extras: each row's amount, and the sums in the summary.
  const bill = document.querySelector(".bill[data-base]");
  if (bill) {
    const fields = [...document.querySelectorAll("input[data-price]")];
    const add = () => {
      let extras = 0;
      for (const field of fields) {
        const count = /^\d{1,2}$/.test(field.value) ? Number(field.value) : 0;
        extras += count * cents(field.dataset.price);
        const output = document.querySelector(`output[for="${field.id}"]`);
        if (output) output.textContent = count ? money(count * cents(field.dataset.price)) : "";
      }
      const total = cents(bill.dataset.base) + extras;
      const due = bill.dataset.deposit ? Math.min(cents(bill.dataset.deposit), total) : total;
      write("[data-extras]", money(extras));
      write("[data-total]", money(total));
      write("[data-due]", money(due));
      write("[data-later]", money(total - due));
    };
    for (const field of fields) field.addEventListener("input", add);
    for (const button of document.querySelectorAll(".without-script")) button.hidden = true;
  }

  // The party: what it costs for all.
  const prices = document.querySelector(".bill[data-each]");
  if (prices) {
    const row = prices.querySelector(".total"), words = row.querySelector("dt");
    const show = () => {
      const chosen = document.querySelector("input[name=party_size]:checked");
      row.hidden = !chosen;
      if (!chosen) return;
      words.textContent = words.dataset.words.replace("%n", chosen.value);
      write("[data-total]", money(chosen.value * cents(prices.dataset.each)));
    };
    for (const field of document.querySelectorAll("input[name=party_size]")) field.addEventListener("change", show);
    addEventListener("pageshow", show);
  }

  // After a refused form, start where the reasons stand.
  document.getElementById("errors")?.focus();
})();
