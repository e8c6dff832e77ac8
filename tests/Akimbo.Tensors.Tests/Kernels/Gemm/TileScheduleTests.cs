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
        int tilePixels = GemmTiling.TilePixels(path);
        foreach (var weights in DifferentWeights(path))
            foreach (int batch in new[] { 1, 2, 3, 13 })
                foreach (int pixels in PixelCounts())
                {
                    var schedule = new TileSchedule(batch, pixels, weights);
                    int tiles = (pixels + tilePixels - 1) / tilePixels;
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
    public void FirstPixel_AllTiles_CoverEveryPixelAndStayInside(SimdPath path)
    {
        int tilePixels = GemmTiling.TilePixels(path);
        var weights = DifferentWeights(path).First();
        foreach (int pixels in PixelCounts())
        {
            var schedule = new TileSchedule(1, pixels, weights);
            int covered = 0;
            for (int tile = 0; tile * tilePixels < pixels; tile++)
            {
                int first = schedule.FirstPixel(tile);
                Assert.InRange(first, 0, covered);
                covered = first + Math.Min(tilePixels, pixels);
            }

            Assert.Equal(pixels, covered);
        }
    }

    [Fact]
    public void Chunks_NoPixels_IsZero() =>
        Assert.Equal(0, new TileSchedule(3, 0, DifferentWeights(SimdPath.Vector128).First()).Chunks);

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Chunks_SmallMapOfManyChannels_SplitsThePanels(SimdPath path)
    {
        var schedule = new TileSchedule(1, 12, Pack(path, depth: 480, outChannels: 480));

        Assert.InRange(schedule.Chunks, 8, 24);
    }

    private static int[] PixelCounts() => [.. Enumerable.Range(1, 60), 195, 196, 197, 1000, 3072, 4097];

    private static IEnumerable<GemmWeights> DifferentWeights(SimdPath path) =>
        from depth in new[] { 3, 48, 2000 }
        from outChannels in new[] { 1, 16, 17, 48, 200 }
        select Pack(path, depth, outChannels);

    private static GemmWeights Pack(SimdPath path, int depth, int outChannels) =>
        GemmWeights.PackConvolution(path, new float[depth * outChannels], [], new ConvolutionGeometry(1, depth, 1, 1, outChannels, KernelSize: 1));
}
