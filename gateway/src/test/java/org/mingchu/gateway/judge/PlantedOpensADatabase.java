package org.mingchu.gateway.judge;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Breaks a wall on purpose. */
public final class PlantedOpensADatabase {
    public Connection wrong() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite::memory:");
    }
}
