using Akimbo.Imaging;
using Akimbo.Training;
using Akimbo.Training.Input;
using Akimbo.Training.Recipes;

namespace Akimbo.Tests.Training;

public sealed class TrainingPreviewTests : IDisposable
{
    // An input of 64 pixels is drawn five times as large, in tiles with a caption of 22 rows and 4 pixels between them.
    private const int Tile = 5 * 64 + 22, Step = Tile + 4;
    private readonly DrawnPeople _people = new(pictures: 6);

    public void Dispose() => _people.Dispose();

    [Fact]
    public void Draw_Recipe_ShowsWhatTheTrainersPipelineBeginsWith()
    {
        Recipe recipe = Recipe();
        Image sheet = TrainingPreview.Open(recipe).Draw(count: 3);

        TrainingData data = TrainingData.Open(recipe);
        using var pipeline = new InputPipeline(data.Samples, new InputPipelineOptions { BatchSize = 3, Seed = recipe.Seed, Threads = 2 });
        TrainingBatch batch = pipeline.Take();
        var drawing = new SampleDrawing(data.Model, data.Samples.HeatmapToInput);
        for (int n = 0; n < 3; n++)
        {
            Image expected = drawing.Draw(batch, data.Samples.Shape, n);
            for (int y = 0; y < expected.Height; y++)
                Assert.Equal(expected.Row(y), sheet.Row(4 + y).Slice((4 + n * Step + 11) * Image.Channels, expected.Width * Image.Channels));
        }
    }

    [Fact]
    public void Draw_NoAugmentation_HeatmapsLieOnThePeoplesDots()
    {
        // A dot is seen through its heatmap: blue for the head, green on the left, orange on the right, as opaque as 0.75 of the value.
        TrainingData data = TrainingData.Open(Recipe("augmentation.spatial.rotation=0", "augmentation.spatial.scale=0", "augmentation.spatial.flipProbability=0"));
        var batch = new TrainingBatch(1, data.Samples.Shape);
        data.Samples.Write(0, epoch: 0, batch, n: 0);
        Image plain = data.Model.Normalisation.Undo(batch.Input.Span, 64, 64);
        Image drawing = new SampleDrawing(data.Model, data.Samples.HeatmapToInput).Draw(batch, data.Samples.Shape, n: 0);

        for (int k = 0; k < 5; k++)
        {
            var position = data.Samples.HeatmapToInput.Apply(new(batch.Positions.Span[2 * k], batch.Positions.Span[2 * k + 1]));
            var (dot, seen) = (Pixel(plain, position.X, position.Y), Pixel(drawing, 5 * position.X + 2, 5 * position.Y + 2));
            int[] colour = k == 0 ? [51, 153, 255] : k % 2 == 1 ? [0, 255, 0] : [255, 128, 0];
            int channel = Enumerable.Range(0, 3).MaxBy(c => Math.Abs(colour[c] - dot[c]));
            Assert.InRange((seen[channel] - dot[channel]) / (double)(colour[channel] - dot[channel]), 0.35, 0.8);
        }

        Assert.Equal(Pixel(plain, 1, 1), Pixel(drawing, 7, 7));
    }

    [Fact]
    public void Draw_BottomUp_MaskIsRedAndEachPersonsTagsHaveOneColour()
    {
        TrainingData data = TrainingData.Open(BottomUp());
        TargetShape shape = data.Samples.Shape;
        var batch = new TrainingBatch(1, shape);
        batch.Masks!.Span.Fill(1);
        batch.Masks.Span[..(shape.Width * 4)].Clear();
        // Two people, with three and one of five keypoints.
        Refer(person: 0, place: 0, keypoint: 0, x: 3, y: 8);
        Refer(person: 0, place: 1, keypoint: 3, x: 8, y: 12);
        Refer(person: 0, place: 2, keypoint: 4, x: 3, y: 12);
        Refer(person: 1, place: 0, keypoint: 0, x: 12, y: 8);

        Image drawing = new SampleDrawing(data.Model, data.Samples.HeatmapToInput).Draw(batch, shape, n: 0);

        Assert.Equal(At(3, 8), At(8, 12));
        Assert.Equal(At(3, 8), At(3, 12));
        Assert.NotEqual(At(3, 8), At(12, 8));
        Assert.Equal([124, 116, 104], At(14, 14)); // An input of zeros is ImageNet's mean.
        byte[] masked = At(8, 1);
        Assert.True(masked[0] > 60 && masked[0] > 2 * masked[1], string.Join(' ', masked));

        void Refer(int person, int place, int keypoint, int x, int y)
        {
            int at = (person * 5 + place) * 2;
            (batch.TagReferences[at], batch.TagReferences[at + 1]) = ((keypoint * shape.Height + y) * shape.Width + x, 1);
        }

        // The middle of a heatmap's pixel: four pixels of the input, of which each is five of the drawing.
        byte[] At(int x, int y) => Pixel(drawing, 20 * x + 10, 20 * y + 10);
    }

    [Fact]
    public void Draw_BottomUpRecipe_OneTileAPicture()
    {
        TrainingPreview preview = TrainingPreview.Open(BottomUp());
        Assert.Equal(6, preview.SampleCount);
        Assert.Equal(5 * Step + 4, preview.Draw(count: 500).Width);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public void Draw_CountOutOfRange_Throws(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => TrainingPreview.Open(Recipe()).Draw(count));

    private static byte[] Pixel(Image image, double x, double y) =>
        image.Row((int)Math.Round(y)).Slice((int)Math.Round(x) * Image.Channels, Image.Channels).ToArray();

    private Recipe BottomUp() => Recipe(
        """model.architecture={"type":"associative-embedding","stacks":1,"outputs":10,"channels":16,"increase":8}""",
        """model.task={"type":"square-bottom-up","baseSize":64,"grouping":{"keypointOrder":[],"maxPeople":3}}""",
        """loss={"type":"associative-embedding"}""", "model.sigma=null");

    private Recipe Recipe(params string[] changes) => RecipeFile.Parse(TinyRecipe.Json, "tiny", [$"data.root={_people.Folder}", .. changes]);
}
