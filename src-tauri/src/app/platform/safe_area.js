// Keeps the page clear of the system's bars: `safeArea` is the activity's (SafeArea.kt), which calls again when they
// change.
window.keepToSafeArea = () => {
  for (const [side, width] of Object.entries(JSON.parse(window.safeArea.insets()))) {
    document.documentElement.style.setProperty(`--safe-${side}`, `${width}px`);
  }
};
if (document.documentElement) window.keepToSafeArea();
else addEventListener('DOMContentLoaded', window.keepToSafeArea);
