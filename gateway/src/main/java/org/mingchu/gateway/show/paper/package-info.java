/**
 * Documents on paper: draws blocks of text and charts into a PDF.
 *
 * <p>Touches nothing of the house but what it is given, and alone sees PDFBox; used by commands in
 * processes of their own, never by the agent, which has no memory for it.
 */
@NullMarked
package org.mingchu.gateway.show.paper;

import org.jspecify.annotations.NullMarked;
