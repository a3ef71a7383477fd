package org.mingchu.simulator.wire;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Draws an empty kitchen: tiles, hood, hob with pots, worktop, fridges, shelves. */
final class SceneKitchen {
    private final Graphics2D brush;
    private final Random chance;
    private final int width;
    private final int height;

    private SceneKitchen(Graphics2D brush, Random chance, int width, int height) {
        this.brush = brush;
        this.chance = chance;
        this.width = width;
        this.height = height;
    }

    static BufferedImage draw(int width, int height, long seed) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var brush = image.createGraphics();
        brush.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        new SceneKitchen(brush, new Random(seed), width, height).draw();
        brush.dispose();
        return image;
    }

    private void draw() {
        walls();
        floor();
        hood();
        hob();
        worktop();
        fridges();
        shelves();
    }

    /** In thousandths of the picture. */
    private void box(int left, int top, int wide, int high, int red, int green, int blue) {
        brush.setColor(new Color(red, green, blue));
        brush.fillRect(x(left), y(top), x(wide), y(high));
        brush.setColor(new Color(red / 2, green / 2, blue / 2));
        brush.drawRect(x(left), y(top), x(wide), y(high));
    }

    private int x(int thousandths) {
        return thousandths * width / 1000;
    }

    private int y(int thousandths) {
        return thousandths * height / 1000;
    }

    private void walls() {
        for (var top = 0; top < 700; top += 50) {
            for (var left = 0; left < 1000; left += 40) {
                var shade = 150 + chance.nextInt(14) - top / 20;
                box(left, top, 40, 50, shade + 8, shade + 5, shade - 6);
            }
        }
    }

    private void floor() {
        box(0, 700, 1000, 300, 92, 84, 76);
        for (var i = 0; i < 12; i++) {
            brush.drawLine(x(500), y(600), x(i * 90), y(1000));
        }
    }

    private void hood() {
        box(330, 120, 320, 90, 175, 178, 182);
        box(360, 210, 260, 25, 70, 72, 75);
        for (var i = 0; i < 6; i++) {
            box(370 + i * 42, 214, 30, 16, 120, 122, 125);
        }
    }

    private void hob() {
        box(330, 520, 320, 230, 60, 60, 64);
        for (var i = 0; i < 4; i++) {
            brush.setColor(new Color(190 - 20 * i, 190 - 30 * i, 195 - 40 * i));
            brush.fillOval(x(345 + i * 76), y(470 - 12 * (i % 2)), x(60), y(65));
            brush.setColor(new Color(25, 25, 28));
            brush.drawOval(x(345 + i * 76), y(470 - 12 * (i % 2)), x(60), y(65));
            box(350 + i * 76, 600, 14, 20, 200, 60, 40);
        }
    }

    private void worktop() {
        box(40, 560, 280, 40, 188, 190, 194);
        box(50, 600, 260, 170, 120, 124, 130);
        for (var i = 0; i < 5; i++) {
            box(60 + i * 50, 530 - 10 * (i % 3), 32, 30, 80 + 30 * i, 150 - 20 * i, 60);
        }
    }

    private void fridges() {
        for (var i = 0; i < 2; i++) {
            box(690 + i * 140, 240, 130, 560, 205, 208, 212);
            box(700 + i * 140, 260, 110, 240, 190, 193, 198);
            box(805 + i * 140, 330, 8, 90, 40, 40, 42);
            box(700 + i * 140, 520, 110, 260, 190, 193, 198);
            box(720 + i * 140, 268, 40, 14, 20, 60, 30);
        }
    }

    private void shelves() {
        for (var row = 0; row < 3; row++) {
            box(40, 250 + row * 90, 270, 10, 140, 100, 60);
            for (var i = 0; i < 9; i++) {
                var high = 30 + chance.nextInt(40);
                box(
                        50 + i * 28,
                        250 + row * 90 - high,
                        20,
                        high,
                        60 + chance.nextInt(180),
                        60 + chance.nextInt(160),
                        50 + chance.nextInt(120));
            }
        }
    }
}
