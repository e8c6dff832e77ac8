using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels.Gemm;

public class TileScheduleTests
{
    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Locate_AllParts_CoverEveryTileAndPanelOnce(SimdPath path)
    {
        foreach (var weights in DifferentWeights(path))
            foreach (int batch in new[] { 1, 2, 3, 13 })
                foreach (int pixels in PixelCounts())
                {
                    var schedule = new TileSchedule(batch, pixels, weights, threads: batch);
                    int tiles = (pixels + schedule.TilePixels - 1) / schedule.TilePixels;
                    int[,,] visits = new int[batch, tiles, weights.Panels];
                    for (int chunk = 0; chunk < schedule.Chunks; chunk++)
                    {
                        var part = schedule.Locate(chunk);
                        Assert.InRange(part.EndTile - part.FirstTile, 1, schedule.TilesPerGroup);
                        Assert.InRange(part.EndPanel - part.FirstPanel, 1, weights.Panels);
                        for (int tile = part.FirstTile; tile < part.EndTile; tile++)
                            for (int panel = part.FirstPanel; panel < part.EndPanel; panel++)
                                visits[part.N, tile, panel]++;
                    }

                    foreach (int count in visits)
                        if (count != 1) Assert.Fail($"Batch {batch}, {pixels} pixels, {weights.Panels} panels: a tile is computed {count} times.");
                }
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void FirstPixel_AllTiles_CoverEveryPixelOnce(SimdPath path)
    {
        var weights = DifferentWeights(path).First();
        foreach (int pixels in PixelCounts())
        {
            var schedule = new TileSchedule(1, pixels, weights, threads: 2);
            int covered = 0;
            for (int tile = 0; covered < pixels; tile++)
            {
                Assert.Equal(covered, schedule.FirstPixel(tile));
                Assert.Contains(schedule.PlacesOf(tile), GemmTiling.TileSizes(path).ToArray());
                Assert.InRange(schedule.PixelsOf(tile), 1, schedule.PlacesOf(tile));
                covered += schedule.PixelsOf(tile);
            }

            Assert.Equal(pixels, covered);
        }
    }

    [Theory]
    [InlineData(4096, 14, 8)]
    [InlineData(48, 12, 12)]
    [InlineData(16, 8, 8)]
    [InlineData(1, 8, 8)]
    public void TileDivision_OfPixels_LeavesFewPlacesEmpty(int pixels, int tilePixels, int lastTilePixels)
    {
        var division = TileDivision.Of(SimdPath.Vector512, pixels);

        Assert.Equal((tilePixels, lastTilePixels), (division.TilePixels, division.LastTilePixels));
    }

    [Fact]
    public void Chunks_NoPixels_IsZero() =>
        Assert.Equal(0, new TileSchedule(3, 0, DifferentWeights(SimdPath.Vector128).First(), threads: 2).Chunks);

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Chunks_SmallMapOfManyChannels_SplitsThePanels(SimdPath path)
    {
        var schedule = new TileSchedule(1, 12, Pack(path, depth: 480, outChannels: 480), threads: 2);

        Assert.InRange(schedule.Chunks, 2, 24);
    }

    private static int[] PixelCounts() => [.. Enumerable.Range(1, 60), 195, 196, 197, 1000, 3072, 4097];

    private static IEnumerable<GemmWeights> DifferentWeights(SimdPath path) =>
        from depth in new[] { 3, 48, 2000 }
        from outChannels in new[] { 1, 16, 17, 48, 200 }
        select Pack(path, depth, outChannels);

    private static GemmWeights Pack(SimdPath path, int depth, int outChannels) =>
        GemmWeights.PackConvolution(path, new float[depth * outChannels], [], new ConvolutionGeometry(1, depth, 1, 1, outChannels, KernelSize: 1));
}
