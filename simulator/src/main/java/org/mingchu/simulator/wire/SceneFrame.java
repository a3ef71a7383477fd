package org.mingchu.simulator.wire;

import java.awt.image.BufferedImage;

/** Red, green and blue as the light falls onto the sensor. One thread. */
final class SceneFrame {
    private static final int WHITE = 255;

    final int width;
    final int height;
    final float[][] planes;

    /** All black. */
    SceneFrame(int width, int height) {
        this.width = width;
        this.height = height;
        this.planes = new float[3][width * height];
    }

    static SceneFrame of(BufferedImage world, int left, int top, int width, int height) {
        var frame = new SceneFrame(width, height);
        var pixels = world.getRGB(left, top, width, height, null, 0, width);
        for (var i = 0; i < pixels.length; i++) {
            frame.planes[0][i] = (pixels[i] >> 16) & WHITE;
            frame.planes[1][i] = (pixels[i] >> 8) & WHITE;
            frame.planes[2][i] = pixels[i] & WHITE;
        }
        return frame;
    }

    /** Upside down, turned by two fifths: another wall, of the same colours. */
    void turnAround() {
        for (var plane : planes) {
            var before = plane.clone();
            for (var y = 0; y < height; y++) {
                for (var x = 0; x < width; x++) {
                    var from = (height - 1 - y) * width + (x + 2 * width / 5) % width;
                    plane[y * width + x] = before[from];
                }
            }
        }
    }

    void light(SceneLight light) {
        if (light == SceneLight.INFRARED) {
            infrared(light);
            return;
        }
        for (var plane : planes) {
            for (var i = 0; i < plane.length; i++) {
                plane[i] = (float) (plane[i] * light.gain + light.lift);
            }
        }
    }

    /** Materials shine differently by infrared: red counts most. */
    private void infrared(SceneLight light) {
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var i = y * width + x;
                var right = 2.0 * x / width - 1;
                var down = 2.0 * y / height - 1;
                var spot = 1.15 - 0.4 * (right * right + down * down);
                var bright = 0.6 * planes[0][i] + 0.3 * planes[1][i] + 0.1 * planes[2][i];
                var grey = (float) ((bright * light.gain + light.lift) * spot);
                for (var plane : planes) {
                    plane[i] = grey;
                }
            }
        }
    }

    /**
     * Three box filters, near to a Gauss of the radius.
     *
     * @param share of the blurred picture in the whole
     */
    void blur(int radius, double share) {
        for (var plane : planes) {
            var soft = plane.clone();
            for (var pass = 0; pass < 3; pass++) {
                box(soft, radius, height, width, width, 1);
                box(soft, radius, width, height, 1, width);
            }
            for (var i = 0; i < plane.length; i++) {
                plane[i] = (float) (plane[i] + (soft[i] - plane[i]) * share);
            }
        }
    }

    private static void box(
            float[] plane, int radius, int lines, int length, int lineStep, int step) {
        var line = new float[length];
        for (var n = 0; n < lines; n++) {
            var from = n * lineStep;
            for (var i = 0; i < length; i++) {
                line[i] = plane[from + i * step];
            }
            var sum = line[0] * radius;
            for (var i = 0; i < radius; i++) {
                sum += line[Math.min(i, length - 1)];
            }
            for (var i = 0; i < length; i++) {
                sum += line[Math.min(i + radius, length - 1)];
                plane[from + i * step] = sum / (2 * radius + 1);
                sum -= line[Math.max(i - radius, 0)];
            }
        }
    }

    /** Something pale between the lens and the world. */
    void veil(double share, double level) {
        for (var plane : planes) {
            for (var i = 0; i < plane.length; i++) {
                plane[i] = (float) (plane[i] + (level - plane[i]) * share);
            }
        }
    }

    /** The sensor's turn. */
    SceneExposure expose(SceneNoise noise, double deviation) {
        var bytes = new byte[3 * width * height];
        var grains = noise.scaled(deviation);
        for (var y = 0; y < height; y++) {
            var from = noise.anywhere();
            for (var x = 0; x < width; x++) {
                expose(y * width + x, grains[(from + x) % SceneNoise.TABLE], bytes);
            }
        }
        return new SceneExposure(width, height, bytes);
    }

    private void expose(int point, float grain, byte[] bytes) {
        for (var plane = 0; plane < planes.length; plane++) {
            var level = (int) (planes[plane][point] + grain);
            bytes[3 * point + 2 - plane] = (byte) Math.clamp(level, 0, WHITE);
        }
    }
}
