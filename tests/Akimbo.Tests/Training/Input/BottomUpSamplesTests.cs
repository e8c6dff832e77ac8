using Akimbo.Augmentation;
using Akimbo.Codecs;
using Akimbo.Models;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Prediction;
using Akimbo.Training.Input;

namespace Akimbo.Tests.Training.Input;

public sealed class BottomUpSamplesTests : IDisposable
{
    private const int Side = 128, Cells = Side / 4;
    private readonly DrawnPeople _people = new(pictures: 6);

    public void Dispose() => _people.Dispose();

    [Fact]
    public void Write_Mosaic_ShowsFourPicturesAQuarterEach()
    {
        TrainingBatch alone = Write(mosaicProbability: 0), four = Write(mosaicProbability: 1);

        Assert.Equal(1, PeopleOf(alone));
        Assert.Equal(4, PeopleOf(four));
        for (int part = 0; part < 4; part++)
        {
            Assert.True(Brightest(four, part) > 0.8f, $"Part {part} has no keypoint.");
            Assert.True(Contrast(four, part) > 0.2f, $"Part {part} shows nothing.");
        }
    }

    [Fact]
    public void Write_MosaicWithoutAugmentation_HasKeypointsWhereTheirDotsAre()
    {
        TrainingBatch batch = Write(mosaicProbability: 1);
        ReadOnlySpan<float> input = batch.Input.Span;
        for (int k = 0; k < 5; k++)
            for (int person = 0; person < 4; person++)
            {
                int at = batch.TagReferences[(person * 5 + k) * 2] - k * Cells * Cells, x = at % Cells * 4 + 2, y = at / Cells * 4 + 2;
                float red = input[y * Side + x], green = input[(Side + y) * Side + x], blue = input[(2 * Side + y) * Side + x];
                Assert.True(Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue)) > 0.3f, $"Keypoint {k} of person {person} is not on a dot.");
            }
    }

    [Fact]
    public void Write_SameSampleTwice_GivesTheSameMosaic()
    {
        Assert.Equal(Write(mosaicProbability: 0.5, turn: 30).Input.Span.ToArray(), Write(mosaicProbability: 0.5, turn: 30).Input.Span.ToArray());
    }

    [Fact]
    public void Write_WithSigma_DrawsWiderTargets()
    {
        Assert.True(Write(0, sigma: 2).Heatmaps.Span.ToArray().Sum() > 3 * Write(0, sigma: 1).Heatmaps.Span.ToArray().Sum());
    }

    private TrainingBatch Write(double mosaicProbability, double turn = 0, double? sigma = null)
    {
        var model = new PoseModel
        {
            Name = "dots",
            Architecture = new BearpawHourglassOptions { Stacks = 1, Keypoints = 10, StemChannels = 8, Features = 8 },
            Skeleton = DrawnPeople.Dots,
            Normalisation = Normalisation.UnitRange,
            Task = new BottomUpTask { InputSize = new InputSizeRule(64, 64) },
        };
        var augmentation = new SampleAugmentation { MosaicProbability = mosaicProbability, Spatial = new() { Rotation = turn } };
        var samples = new BottomUpSamples(_people.Dataset.Samples, model, new BottomUpTargets(Side, new AssociativeEmbeddingOptions { MaxPeople = 8 }, sigma), augmentation, seed: 3);
        var batch = new TrainingBatch(1, samples.Shape);
        samples.Write(2, epoch: 1, batch, 0);
        return batch;
    }

    private static int PeopleOf(TrainingBatch batch) => Enumerable.Range(0, 8).Count(person => batch.TagReferences[person * 5 * 2 + 1] == 1);

    private static float Brightest(TrainingBatch batch, int part) => Values(batch.Heatmaps.Span, Cells, part).Max();

    private static float Contrast(TrainingBatch batch, int part) => Values(batch.Input.Span, Side, part).Max() - Values(batch.Input.Span, Side, part).Min();

    private static List<float> Values(ReadOnlySpan<float> planes, int side, int part)
    {
        var values = new List<float>();
        for (int i = 0; i < planes.Length; i++)
            if (i % side / (side / 2) == part % 2 && i / side % side / (side / 2) == part / 2) values.Add(planes[i]);
        return values;
    }
}
