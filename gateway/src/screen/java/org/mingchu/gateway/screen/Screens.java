package org.mingchu.gateway.screen;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.mingchu.gateway.shipped.Peers;

import java.util.List;
import java.util.Map;

/** Debian's Chromium, one for all tests: its driver takes seconds to unpack. */
final class Screens implements ParameterResolver {
    private static final Namespace OURS = Namespace.create(Screens.class);

    private static final double PATIENCE_MS = 20_000;

    private record Open(Playwright playwright, Browser browser) implements AutoCloseable {
        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(OURS)
                .computeIfAbsent(Open.class, _ -> launch(), Open.class)
                .browser();
    }

    private static Open launch() {
        var chromium = Peers.need("chromium");
        // Never another browser than Debian's: none is fetched.
        var playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // A visitor's page asks every five seconds, and an alarm has its delay.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        return new Open(
                playwright,
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(chromium)
                                        .setChromiumSandbox(false)
                                        .setArgs(
                                                List.of(
                                                        "--disable-dev-shm-usage",
                                                        "--enable-precise-memory-info"))));
    }
}
