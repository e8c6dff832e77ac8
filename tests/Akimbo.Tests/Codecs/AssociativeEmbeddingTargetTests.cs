using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

public sealed class AssociativeEmbeddingTargetTests
{
    [Fact]
    public void Encode_OfRecordedPeople_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("data/pose_ae_heatmaps.safetensors"));
        double[] values = file["keypoints"].ToArray<double>();
        var people = LabelledPoints.Of<InputPoint>(values, groupLength: 3, i => values[3 * i + 2]).Chunk(4).ToArray();

        AssociativeEmbeddingTarget target = new AssociativeEmbeddingCodec(keypointCount: 4).Encode(people, stride: 1, 128, 128);

        CodecAssert.Equal(file["heatmaps"].ToArray<float>(), target.Heatmaps, 1e-6f);
        Assert.Equal(Array.ConvertAll(file["keypoints_ref"].ToArray<long>(), value => (int)value), target.TagReferences);
    }

    [Fact]
    public void Decode_OfEncode_ReturnsThePeople()
    {
        var codec = new AssociativeEmbeddingCodec(keypointCount: 5, new AssociativeEmbeddingOptions { Adjustment = PeakAdjustment.None });
        var people = LabelledPoints.Random(15, left: 8, top: 8, right: 248, bottom: 248).Chunk(5).ToArray();

        AssociativeEmbeddingTarget target = codec.Encode(people, stride: 4, height: 64, width: 64);
        float[] tags = new float[target.Heatmaps.Length];
        for (int i = 0; i < target.TagReferences.Length; i += 2)
            if (target.TagReferences[i + 1] == 1) tags[target.TagReferences[i]] = i / 10 * 3;
        List<DecodedPerson> decoded = codec.Decode(new TaggedHeatmaps(target.Heatmaps, tags, 5, 64, 64));

        var heatmapToInput = CellTransform.HeatmapToInput(stride: 4);
        Assert.Equal(3, decoded.Count);
        foreach (var person in people)
            Assert.Single(decoded, candidate => person.Zip(candidate.Keypoints).All(pair => IsNear(pair.First.Position, heatmapToInput.Apply(pair.Second.Position))));

        static bool IsNear(InputPoint a, InputPoint b) => Math.Abs(a.X - b.X) <= 2 && Math.Abs(a.Y - b.Y) <= 2;
    }

    [Fact]
    public void Encode_OfTooManyPeopleOrKeypoints_Throws()
    {
        var codec = new AssociativeEmbeddingCodec(keypointCount: 1, new AssociativeEmbeddingOptions { MaxPeople = 1 });
        var person = new LabelledPoint<InputPoint>[1];
        Assert.Throws<ArgumentException>(() => codec.Encode([person, person], 4, 8, 8));
        Assert.Throws<ArgumentException>(() => codec.Encode([new LabelledPoint<InputPoint>[2]], 4, 8, 8));
    }
}
