import { useEffect } from "react";

/** Marks what belongs to the mapping: typing there is undone with the rest of it. */
export const EDITS_MAPPING = { "data-edits-mapping": true };

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y (⌘ on a Mac) for as long as the screen is open. */
export function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = stepOf(event);
      if (step === null || hasItsOwnUndo(event.target)) return;
      event.preventDefault();
      (step === "undo" ? undo : redo)();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
}

function stepOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): "undo" | "redo" | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  if (key.toLowerCase() === "z") return shiftKey ? "redo" : "undo";
  return key.toLowerCase() === "y" ? "redo" : null;
}

/** A search or an e-mail address is no part of the mapping, so the web view undoes it by itself. */
function hasItsOwnUndo(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input, textarea") && target.closest("[data-edits-mapping]") === null;
}
