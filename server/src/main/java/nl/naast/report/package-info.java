/** "This does not feel right": lines that a visitor ticked, sealed by her page to two coordinators, and their answers to her. The server reads neither, and whoever has her learns nothing of it. */
package nl.naast.report;
