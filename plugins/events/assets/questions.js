// Shows a question only when the one it hangs on was answered so. Without this script all of them stand
// in the form, and what was not asked is left out when the form is read.
(() => {
  const boxOf = (name) => {
    const field = document.getElementById("f-" + name) || document.getElementById("f-" + name + "-1");
    return field && (field.closest("fieldset.field-group:not([id])") || field.closest(".field"));
  };
  const valuesOf = (form, name) =>
    [...form.querySelectorAll("[name]")]
      .filter((each) => each.name === name && (!["checkbox", "radio"].includes(each.type) || each.checked))
      .map((each) => each.value);
  for (const list of document.querySelectorAll("[data-conditions]")) {
    const form = list.closest("form");
    const conditions = [...list.querySelectorAll("[data-field]")].map((each) => each.dataset);
    const hidden = new Set();
    const update = () => {
      for (const { field, on, value } of conditions) {
        const box = boxOf(field);
        if (!box) continue;
        box.hidden = hidden.has(on) || !valuesOf(form, on).includes(value);
        if (box.hidden) hidden.add(field);
        else hidden.delete(field);
      }
    };
    form.addEventListener("change", update);
    update();
  }
})();
