using Akimbo.Codecs;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

/// <summary>Recorded maps and what pose-ae-train's grouping made of them with tags of one or two values.</summary>
internal sealed class RecordedGroups
{
    private readonly SafetensorsFile _file;
    private readonly float[] _heatmaps;
    private readonly float[] _tags;
    private readonly int _tagLength;

    public RecordedGroups(string name, int tagLength)
    {
        _file = Safetensors.Load(Repository.Fixture($"decoding/pose_ae_parse_{name}.safetensors"));
        _heatmaps = _file["det"].ToArray<float>();
        _tagLength = tagLength;

        // Recorded [K, H, W, 2]; here [T, K, H, W].
        float[] interleaved = _file["tags"].ToArray<float>();
        _tags = new float[tagLength * _heatmaps.Length];
        for (int i = 0; i < _tags.Length; i++)
            _tags[i] = interleaved[i % _heatmaps.Length * 2 + i / _heatmaps.Length];
    }

    public int KeypointCount => _file["det"].Shape[0];

    public int People => _file[$"tagdim{_tagLength}.scores"].Shape[0];

    public float[] Scores => _file[$"tagdim{_tagLength}.scores"].ToArray<float>();

    public TaggedHeatmaps Maps => new(_heatmaps, _tags, KeypointCount, _file["det"].Shape[1], _file["det"].Shape[2]);

    /// <summary>x, y, value and tag of each keypoint of each person at a stage: unadjusted, parsed or refined.</summary>
    public float[][][] Stage(string stage)
    {
        float[] values = _file[$"tagdim{_tagLength}.{stage}"].ToArray<float>();
        return [.. values.Chunk(3 + _tagLength).Chunk(KeypointCount)];
    }
}
