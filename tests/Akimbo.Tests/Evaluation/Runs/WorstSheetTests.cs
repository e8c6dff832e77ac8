using Akimbo.Evaluation.Runs;
using Akimbo.Imaging;
using Akimbo.Skeletons;
using static Akimbo.Tests.Evaluation.Runs.MadeUpPeople;

namespace Akimbo.Tests.Evaluation.Runs;

public sealed class WorstSheetTests : IDisposable
{
    private readonly string _picture = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.png");

    public void Dispose() => File.Delete(_picture);

    [Fact]
    public void Draw_PredictedAndNot_TwoTilesEachWithTheirPeople()
    {
        new Image(100, 80).Save(_picture);
        var truth = Predicted(Lsp14.Skeleton, x: 20);
        PersonCase[] cases = [new(1, truth, Predicted(Lsp14.Skeleton, x: 40), 0.25), new(2, truth, Predicted: null, 0), new(3, truth, NobodyFound(), 0)];

        Image sheet = WorstSheet.Draw(cases, Lsp14.Skeleton, "OKS", _ => _picture);

        Assert.Equal((4 * 324 + 4, 2 * 324 + 4), (sheet.Width, sheet.Height));
        int[] coloured = [.. Enumerable.Range(0, 6).Select(tile => Coloured(sheet, tile))];
        Assert.All([coloured[0], coloured[1], coloured[2], coloured[4]], count => Assert.True(count > 50, $"{count} pixels are coloured."));
        Assert.Equal([0, 0], [coloured[3], coloured[5]]);
    }

    [Fact]
    public void Draw_FarOutsideThePicture_StaysInside()
    {
        new Image(30, 20).Save(_picture);
        var away = Predicted(Lsp14.Skeleton, x: -1e7);
        WorstSheet.Draw([new(1, away, Predicted(Lsp14.Skeleton, x: 1e7), 0)], Lsp14.Skeleton, "OKS", _ => _picture);
    }

    private static Person NobodyFound() => new([.. Lsp14.Skeleton.Keypoints.Select(name => new Keypoint(name, default, 0))], 0);

    // Limbs are green, orange or blue on the black picture; captions are grey.
    private static int Coloured(Image sheet, int tile)
    {
        int count = 0, left = tile % 4 * 324 + 4, top = tile / 4 * 324 + 4;
        for (int y = top; y < top + 298; y++)
            for (int x = left; x < left + 320; x++)
            {
                var pixel = sheet.Row(y).Slice(3 * x, 3);
                if (Math.Max(pixel[0], Math.Max(pixel[1], pixel[2])) - Math.Min(pixel[0], Math.Min(pixel[1], pixel[2])) > 100) count++;
            }

        return count;
    }
}
