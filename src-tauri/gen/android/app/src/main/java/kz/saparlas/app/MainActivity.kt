package kz.saparlas.app

import android.os.Bundle
import android.system.Os
import android.webkit.WebView
import androidx.activity.OnBackPressedCallback
import androidx.activity.enableEdgeToEdge

class MainActivity : TauriActivity() {
  override fun onCreate(savedInstanceState: Bundle?) {
    // the language chosen for this app alone, in the system's settings, is known to Java only
    Os.setenv("SAPARLAS_LANGUAGE", resources.configuration.locales[0].toLanguageTag(), true)
    enableEdgeToEdge()
    // asked last, when the page has no entry of its history to go back to: an activity that ends
    // would come back blank, so the app goes to the background instead
    onBackPressedDispatcher.addCallback(object : OnBackPressedCallback(true) {
      override fun handleOnBackPressed() {
        moveTaskToBack(true)
      }
    })
    super.onCreate(savedInstanceState)
  }

  override fun onWebViewCreate(webView: WebView) {
    SafeArea(webView).watch()
  }
}
