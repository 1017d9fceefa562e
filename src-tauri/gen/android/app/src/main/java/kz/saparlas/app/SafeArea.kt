package kz.saparlas.app

import android.annotation.SuppressLint
import android.webkit.JavascriptInterface
import android.webkit.WebView
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat

/**
 * What the system's bars, a cutout and the keyboard take from the window, in CSS pixels.
 * WebViews before 140 say 0 for `env(safe-area-inset-*)`. The script that asks is `safe_area.js`.
 */
class SafeArea(private val webView: WebView) {
  @Volatile
  private var insets = "{}"

  @SuppressLint("JavascriptInterface")
  fun watch() {
    webView.addJavascriptInterface(this, "safeArea")
    val all = WindowInsetsCompat.Type.systemBars() or
      WindowInsetsCompat.Type.displayCutout() or
      WindowInsetsCompat.Type.ime()
    ViewCompat.setOnApplyWindowInsetsListener(webView) { view, window ->
      val taken = window.getInsets(all)
      val scale = view.resources.displayMetrics.density
      insets = """{"top":${taken.top / scale},"right":${taken.right / scale},""" +
        """"bottom":${taken.bottom / scale},"left":${taken.left / scale}}"""
      webView.evaluateJavascript("window.keepToSafeArea && keepToSafeArea()", null)
      WindowInsetsCompat.CONSUMED
    }
  }

  @JavascriptInterface
  fun insets(): String = insets
}
