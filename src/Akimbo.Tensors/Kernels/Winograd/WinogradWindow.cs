namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>Square windows of a blocked map for tiles at its border.</summary>
internal static class WinogradWindow
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Copies a window, zeros outside the map.</summary>
    /// <param name="map">[height, width, 16].</param>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="top">The window's first row; may be outside.</param>
    /// <param name="left">The window's first column; may be outside.</param>
    /// <param name="side">Rows and columns of the window.</param>
    /// <param name="window">[side, side, 16], and what follows is cleared too.</param>
    public static void Copy(ReadOnlySpan<float> map, int height, int width, int top, int left, int side, Span<float> window)
    {
        window.Clear();
        int firstColumn = Math.Max(0, -left), endColumn = Math.Min(side, width - left);
        for (int row = Math.Max(0, -top); row < Math.Min(side, height - top); row++)
            map.Slice(((top + row) * width + left + firstColumn) * Lanes, (endColumn - firstColumn) * Lanes)
                .CopyTo(window[((row * side + firstColumn) * Lanes)..]);
    }
}
