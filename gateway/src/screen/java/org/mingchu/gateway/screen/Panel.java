package org.mingchu.gateway.screen;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ViewportSize;

import java.util.ArrayList;
import java.util.List;

/** A browser's page under fingers. What is pressed is found by what it says. One thread. */
final class Panel implements AutoCloseable {
    /** The seven-inch panel of the kitchen, 154 x 86 mm. */
    static final ViewportSize KITCHEN = new ViewportSize(800, 480);

    /** Of that panel. */
    static final double PIXELS_A_MM = 800 / 154.0;

    static final ViewportSize PHONE = new ViewportSize(390, 844);
    static final ViewportSize WALL = new ViewportSize(1920, 1080);

    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();
    private int touches;

    private Panel(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.onPageError(error -> faults.add("script: " + error));
        page.onConsoleMessage(message -> {
            // A refusal is an answer, not a fault: the page asks for a PIN then.
            if (message.type().equals("error") && !message.text().contains("409")) {
                faults.add(message.text() + " " + message.location());
            }
        });
    }

    /** The kitchen's page on the kitchen's panel, with all units in sight. */
    static Panel kitchen(Browser browser, Stage stage) {
        var panel = touched(browser);
        panel.page.navigate(stage.page());
        panel.sees(panel.page.locator("unit-tile").first());
        return panel;
    }

    /** The technician's page, the manager signed in. */
    static Panel technician(Browser browser, Stage stage) {
        var panel = kitchen(browser, stage);
        panel.tap("登录");
        panel.tap(Who.MANAGER);
        panel.pin(Who.MANAGER);
        panel.sees("top-line .sign", Who.MANAGER.label);
        panel.page.navigate(stage.page() + "technician");
        panel.sees(panel.at(".sensor, .check, section h2").first());
        return panel;
    }

    /** A page of the kitchen's panel where nothing is open yet. */
    static Panel touched(Browser browser) {
        return new Panel(
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(KITCHEN.width, KITCHEN.height)
                                .setHasTouch(true)));
    }

    Page page() {
        return page;
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    /** The one button that says this. */
    Locator button(String words) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
    }

    /** A finger on the button that says this. */
    void tap(String words) {
        tap(button(words));
    }

    void tap(Locator what) {
        what.tap();
        touches++;
    }

    /** Somebody's name on a tile. */
    void tap(Who who) {
        tap(at("main .tile:visible", who));
    }

    /** Those of a kind that say this. */
    Locator at(String selector, String words) {
        return page.locator(selector, new Page.LocatorOptions().setHasText(words));
    }

    /** Somebody's own of a kind. */
    Locator at(String selector, Who who) {
        return at(selector, who.label);
    }

    /** Six digits, one finger each. */
    void pin(Who who) {
        for (var digit : who.digits()) {
            tap(page.locator("pin-pad").getByRole(AriaRole.BUTTON, named(digit)));
        }
    }

    private static Locator.GetByRoleOptions named(String words) {
        return new Locator.GetByRoleOptions().setName(words).setExact(true);
    }

    void sees(Locator what) {
        assertThat(what).isVisible();
    }

    void sees(String selector, String words) {
        assertThat(page.locator(selector)).containsText(words);
    }

    void seesNo(String selector) {
        assertThat(page.locator(selector)).isHidden();
    }

    /** How often it was touched since the last time that was asked. */
    int touches() {
        var then = touches;
        touches = 0;
        return then;
    }

    /** What the page itself has complained about. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        context.close();
    }
}
