namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>
/// How the tiles of an output are shared out: groups of neighbouring tiles whose input stays in the second-level cache
/// while the panels of weights pass over it; where there are too few groups to keep threads busy, the panels are split too.
/// </summary>
internal readonly struct TileSchedule
{
    private const int GroupInputBytes = 192 * 1024;
    private const int WantedChunks = 12;
    private readonly int _batch;
    private readonly int _pixels;
    private readonly int _tilePixels;
    private readonly int _tilesPerGroup;
    private readonly int _groups;
    private readonly int _panels;
    private readonly int _panelGroups;

    /// <summary>Plans the tiles of <paramref name="batch"/> planes of <paramref name="pixels"/> pixels.</summary>
    public TileSchedule(int batch, int pixels, GemmWeights weights)
    {
        _batch = batch;
        _pixels = pixels;
        _tilePixels = GemmTiling.TilePixels(weights.Path);
        _panels = weights.Panels;
        int tiles = (pixels + _tilePixels - 1) / _tilePixels;
        int fitting = Math.Max(1, GroupInputBytes / Math.Max(1, _tilePixels * weights.Depth * sizeof(float)));
        int sharing = Math.Max(1, batch * tiles / WantedChunks);
        _tilesPerGroup = Math.Clamp(Math.Min(fitting, sharing), 1, Math.Max(1, tiles));
        _groups = (tiles + _tilesPerGroup - 1) / _tilesPerGroup;
        _panelGroups = Math.Clamp(WantedChunks / Math.Max(1, batch * _groups), 1, _panels);
    }

    /// <summary>Parts that can run at the same time.</summary>
    public int Chunks => _batch * _groups * _panelGroups;

    /// <summary>The largest number of tiles in a part.</summary>
    public int TilesPerGroup => _tilesPerGroup;

    /// <summary>What a part computes.</summary>
    public TileChunk Locate(int chunk)
    {
        var (rest, panelGroup) = Math.DivRem(chunk, _panelGroups);
        var (n, group) = Math.DivRem(rest, _groups);
        int tiles = (_pixels + _tilePixels - 1) / _tilePixels;
        return new TileChunk(n, group * _tilesPerGroup, Math.Min(tiles, (group + 1) * _tilesPerGroup),
            panelGroup * _panels / _panelGroups, (panelGroup + 1) * _panels / _panelGroups);
    }

    /// <summary>
    /// The first pixel of <paramref name="tile"/>: the last tile ends with the plane and so may repeat pixels of the one
    /// before it, which gives them the same values again.
    /// </summary>
    public int FirstPixel(int tile) => Math.Min(tile * _tilePixels, Math.Max(0, _pixels - _tilePixels));
}

/// <summary>Image N, tiles from FirstTile up to EndTile, panels of weights from FirstPanel up to EndPanel.</summary>
internal readonly record struct TileChunk(int N, int FirstTile, int EndTile, int FirstPanel, int EndPanel);
