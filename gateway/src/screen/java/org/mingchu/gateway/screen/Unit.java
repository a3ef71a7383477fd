package org.mingchu.gateway.screen;

/** A unit of the kitchen on stage, and what its probe says on a good day. */
enum Unit {
    COLD_1(1, "cold-1", "1号冷库", "chilled", 3_500),
    COLD_2(2, "cold-2", "2号冷库", "chilled", 4_125),
    FRIDGE(3, "fridge-1", "备餐冷藏柜", "chilled", 4_750),
    FREEZER_1(4, "freezer-1", "1号冷冻柜", "freezer", -18_500),
    FREEZER_2(5, "freezer-2", "2号冷冻柜", "freezer", -19_250),
    SAMPLES(6, "samples-1", "留样柜", "sample-fridge", 3_875),
    HOT_1(7, "hot-1", "1号保温台", "hot-holding", 66_500),
    HOT_2(8, "hot-2", "2号保温台", "hot-holding", 71_000);

    private final int probe;
    final String id;
    final String label;
    final String kind;
    final int goodMilli;

    Unit(int probe, String id, String label, String kind, int goodMilli) {
        this.probe = probe;
        this.id = id;
        this.label = label;
        this.kind = kind;
        this.goodMilli = goodMilli;
    }

    String rom() {
        return "28-%012x".formatted(0x0316a2795000L + probe);
    }
}
