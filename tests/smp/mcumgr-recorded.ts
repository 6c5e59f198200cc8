/**
 * What mcumgr sends, and what it was answered: recorded on 2026-11-26 between the command and the server of device.ts, and taken by the
 * command each time (exit status 0, and it showed what the answer says). In the order in which they were given, to one server.
 */

/** A command as it was typed, and its messages: [sent, answered]. The sequence numbers are of each run's own, and random. */
export type Recorded = readonly [command: string, messages: readonly (readonly [sent: string, answered: string])[]];

/** apache/mynewt-mcumgr-cli 5c56bd24 (2022-10-04) with newtmgr 60b2da78788c, as its go.mod has it; UDP, datagrams in hexadecimal digits. */
export const UDP: readonly Recorded[] = [
	["echo hello", [["020000090000ca00a161646568656c6c6f", "0300000a0000ca00bf61726568656c6c6fff"]]],
	["taskstat", [["0000000100003b02a0", "0100000a00003b02bf657461736b73bfffff"]]],
	[
		"mpstat",
		[
			[
				"000000010000ca03a0",
				"010000870000ca03bf666d706f6f6c73bf6d6d616368696e6520736c6f7473bf66626c6b73697a00656e626c6b7300656e6672656500636d696e00ff6e6d616368696e65206368756e6b73bf66626c6b73697a01656e626c6b7300656e6672656500636d696e00ff66626c6f636b73bf66626c6b73697a1840656e626c6b730a656e6672656507636d696e02ffffff",
			],
		],
	],
	["datetime", [["0000000100003704a0", "0100000600003704bf62726305ff"]]],
	[
		"datetime 2026-11-26T06:30:00",
		[["0200001e00004704a1686461746574696d6573323032362d31312d32365430363a33303a3030", "0300000200004704bfff"]],
	],
	[
		"datetime",
		[
			[
				"0000000100004e04a0",
				"0100002500004e04bf686461746574696d65790017323032362d31312d32365430363a33303a30302e303030ff",
			],
		],
	],
	[
		"stat list",
		[["0000000100021501a0", "0100002000021501bf69737461745f6c6973749f636170706d736d705f7376725f7374617473ffff"]],
	],
	[
		"stat app",
		[["0000000a0002e200a1646e616d6563617070", "0100001a0002e200bf646e616d6563617070666669656c6473bf616100616200ffff"]],
	],
	["stat nothing", [["0000000e0002d200a1646e616d65676e6f7468696e67", "010000060002d200bf62726305ff"]]],
	[
		"image upload large.bin",
		[
			[
				"0200024200015301a564646174615902003db8f396000000000000000000000000000000000200000000000000000000005a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a65696d61676500636c656e191001636f666600637368615820dadecdf4905692346b7ba7b12d821f3364ca87157fcd7b5f32695a00868041c5",
				"0300000d00015301bf62726303636f6666191001ff",
			],
			[
				"0200021700015401a364646174615902005a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a65696d61676500636f6666190200",
				"0300000d00015401bf62726303636f6666191001ff",
			],
		],
	],
	[
		"image list",
		[
			[
				"0000000100012200a0",
				"0100007b00012200bf66696d616765739fbf64736c6f74006776657273696f6e790005312e302e3064686173685820000000000000000000000000000000000000000000000000000000000000000068626f6f7461626c65f56770656e64696e67f469636f6e6669726d6564f566616374697665f5697065726d616e656e74f4ffffff",
			],
		],
	],
	[
		"image upload image.bin",
		[
			[
				"0200024200011901a564646174615902003db8f396000000000000000000000000000000000200000000000000000000005a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a65696d61676500636c656e1904b0636f6666006373686158208b512083661e6b96d47408ca5283ccf0e52dcb3c9c291d77a5a652444e89cdfb",
				"0300000900011901bf636f6666190200ff",
			],
			[
				"0200021700011a01a364646174615902005a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a65696d61676500636f6666190200",
				"0300000900011a01bf636f6666190400ff",
			],
			[
				"020000c600011b01a3646461746158b05a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a222222222222222222222222222222222222222222222222222222222222222265696d61676500636f6666190400",
				"0300000900011b01bf636f66661904b0ff",
			],
		],
	],
	[
		"image list",
		[
			[
				"0000000100019000a0",
				"010000eb00019000bf66696d616765739fbf64736c6f74006776657273696f6e790005312e302e3064686173685820000000000000000000000000000000000000000000000000000000000000000068626f6f7461626c65f56770656e64696e67f469636f6e6669726d6564f566616374697665f5697065726d616e656e74f4ffbf64736c6f74016776657273696f6e790005322e302e3064686173685820222222222222222222222222222222222222222222222222222222222222222268626f6f7461626c65f56770656e64696e67f469636f6e6669726d6564f466616374697665f4697065726d616e656e74f4ffffff",
			],
		],
	],
	[
		"image test 2222222222222222222222222222222222222222222222222222222222222222",
		[
			[
				"0200003100014300a267636f6e6669726df4646861736858202222222222222222222222222222222222222222222222222222222222222222",
				"030000eb00014300bf66696d616765739fbf64736c6f74006776657273696f6e790005312e302e3064686173685820000000000000000000000000000000000000000000000000000000000000000068626f6f7461626c65f56770656e64696e67f469636f6e6669726d6564f566616374697665f5697065726d616e656e74f4ffbf64736c6f74016776657273696f6e790005322e302e3064686173685820222222222222222222222222222222222222222222222222222222222222222268626f6f7461626c65f56770656e64696e67f569636f6e6669726d6564f466616374697665f4697065726d616e656e74f4ffffff",
			],
		],
	],
	[
		"image confirm",
		[
			[
				"0200001000015300a267636f6e6669726df56468617368f6",
				"030000eb00015300bf66696d616765739fbf64736c6f74006776657273696f6e790005312e302e3064686173685820000000000000000000000000000000000000000000000000000000000000000068626f6f7461626c65f56770656e64696e67f469636f6e6669726d6564f566616374697665f5697065726d616e656e74f4ffbf64736c6f74016776657273696f6e790005322e302e3064686173685820222222222222222222222222222222222222222222222222222222222222222268626f6f7461626c65f56770656e64696e67f569636f6e6669726d6564f466616374697665f4697065726d616e656e74f4ffffff",
			],
		],
	],
	[
		"image confirm 2222222222222222222222222222222222222222222222222222222222222222",
		[
			[
				"0200003100014700a267636f6e6669726df5646861736858202222222222222222222222222222222222222222222222222222222222222222",
				"030000eb00014700bf66696d616765739fbf64736c6f74006776657273696f6e790005312e302e3064686173685820000000000000000000000000000000000000000000000000000000000000000068626f6f7461626c65f56770656e64696e67f469636f6e6669726d6564f566616374697665f5697065726d616e656e74f4ffbf64736c6f74016776657273696f6e790005322e302e3064686173685820222222222222222222222222222222222222222222222222222222222222222268626f6f7461626c65f56770656e64696e67f569636f6e6669726d6564f566616374697665f4697065726d616e656e74f5ffffff",
			],
		],
	],
	["image erase", [["0200000100016405a0", "0300000600016405bf62726306ff"]]],
	["config number", [["0000000d00031500a1646e616d65666e756d626572", "0100000700031500bf6376616c40ff"]]],
	["config number 1", [["0200001300033b00a2646e616d65666e756d6265726376616c6131", "0300000200033b00bfff"]]],
	["config number", [["0000000d00035e00a1646e616d65666e756d626572", "0100000800035e00bf6376616c4131ff"]]],
	["config save", [["020000070003b600a16473617665f5", "030000020003b600bfff"]]],
	["config nothing", [["0000000e00033900a1646e616d65676e6f7468696e67", "0100000600033900bf62726305ff"]]],
	[
		"shell exec add 1 2",
		[["0200000f00097200a16461726776836361646461316132", "0300000d00097200bf616f790001336372657400ff"]],
	],
	[
		"shell exec add x",
		[
			[
				"0200000d00094800a1646172677682636164646178",
				"0300001c00094800bf616f79000c783a206e6f206e756d626572637265743562726335ff",
			],
		],
	],
	[
		"shell exec nothing",
		[
			[
				"0200000f00093700a1646172677681676e6f7468696e67",
				"0300002a00093700bf616f79001a6e6f7468696e673a20636f6d6d616e64206e6f7420666f756e64637265742762726327ff",
			],
		],
	],
	["log list", [["0000000100041b05a0", "0100000600041b05bf62726308ff"]]],
	["fs download a b", [["0000000d00084000a2646e616d656161636f666600", "0100000600084000bf62726308ff"]]],
	["reset", [["020000010000eb05a0", "030000020000eb05bfff"]]],
	["reset", [["0200000100004705a0", "0300000200004705bfff"]]],
];

/** The same on a serial line (`baud=115200,mtu=512`), characters as they are. */
export const SERIAL: readonly Recorded[] = [
	["echo hello", [["\x06\tABMCAAAJAAC/AKFhZGVoZWxsb9ix\n", "\x06\tABQDAAAKAAC/AL9hcmVoZWxsb//mjA==\n"]]],
	["taskstat", [["\x06\tAAsAAAABAADZAqBtLQ==\n", "\x06\tABQBAAAKAADZAr9ldGFza3O///8uqA==\n"]]],
	[
		"mpstat",
		[
			[
				"\x06\tAAsAAAABAACkA6DERQ==\n",
				"\x06\tAJEBAACHAACkA79mbXBvb2xzv21tYWNoaW5lIHNsb3Rzv2ZibGtzaXoAZW5ibGtzAGVuZnJlZQBjbWluAP9ubWFjaGluZSBjaHVua3O/ZmJsa3NpegFlbmJsa3MA\n\x04\x14ZW5mcmVlAGNtaW4A/2ZibG9ja3O/ZmJsa3NpehhAZW5ibGtzCmVuZnJlZQdjbWluAv///3y7\n",
			],
		],
	],
	["datetime", [["\x06\tAAsAAAABAACJBKCZRQ==\n", "\x06\tABABAAAGAACJBL9icmMF/wAI\n"]]],
	[
		"datetime 2026-11-26T06:30:00",
		[["\x06\tACgCAAAeAADLBKFoZGF0ZXRpbWVzMjAyNi0xMS0yNlQwNjozMDowMBqQ\n", "\x06\tAAwDAAACAADLBL//sJQ=\n"]],
	],
	[
		"datetime",
		[["\x06\tAAsAAAABAAB7BKAUdw==\n", "\x06\tAC8BAAAlAAB7BL9oZGF0ZXRpbWV5ABcyMDI2LTExLTI2VDA2OjMwOjAwLjAwMP/UUg==\n"]],
	],
	[
		"stat list",
		[["\x06\tAAsAAAABAAKMAaBgKA==\n", "\x06\tACoBAAAgAAKMAb9pc3RhdF9saXN0n2NhcHBtc21wX3N2cl9zdGF0c///yTc=\n"]],
	],
	[
		"stat app",
		[["\x06\tABQAAAAKAAIwAKFkbmFtZWNhcHBEhQ==\n", "\x06\tACQBAAAaAAIwAL9kbmFtZWNhcHBmZmllbGRzv2FhAGFiAP//GcI=\n"]],
	],
	["stat nothing", [["\x06\tABgAAAAOAAKvAKFkbmFtZWdub3RoaW5nUDM=\n", "\x06\tABABAAAGAAKvAL9icmMF//wK\n"]]],
	[
		"image upload large.bin",
		[
			[
				"\x06\tAXUCAAFrAAFdAaVkZGF0YVkBKT2485YAAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWmVpbWFnZQBjbGVuGRABY29mZgBjc2hhWCDa3s30kFaSNGt7p7Etgh8zZMqHFX/Ne18yaVoAhoBB\n\x04\x14xcxD\n",
				"\x06\tABcDAAANAAFdAb9icmMDY29mZhkQAf/weg==\n",
			],
			[
				"\x06\tAXUCAAFrAAFeAaNkZGF0YVkBVFpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlplaW1hZ2UAY29mZhkB\n\x04\x14Kb+5\n",
				"\x06\tABcDAAANAAFeAb9icmMDY29mZhkQAf8TXw==\n",
			],
		],
	],
	[
		"image list",
		[
			[
				"\x06\tAAsAAAABAAEvAKAsCQ==\n",
				"\x06\tAIUBAAB7AAEvAL9maW1hZ2Vzn79kc2xvdABndmVyc2lvbnkABTEuMC4wZGhhc2hYIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAaGJvb3RhYmxl9Wdw\n\x04\x14ZW5kaW5n9Gljb25maXJtZWT1ZmFjdGl2ZfVpcGVybWFuZW509P///xvR\n",
			],
		],
	],
	[
		"image upload image.bin",
		[
			[
				"\x06\tAXUCAAFrAAGPAaVkZGF0YVkBKT2485YAAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWmVpbWFnZQBjbGVuGQSwY29mZgBjc2hhWCCLUSCDZh5rltR0CMpSg8zw5S3LPJwpHXelplJETonN\n\x04\x14+wm4\n",
				"\x06\tABMDAAAJAAGPAb9jb2ZmGQEp/xuR\n",
			],
			[
				"\x06\tAXUCAAFrAAGQAaNkZGF0YVkBVFpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlplaW1hZ2UAY29mZhkB\n\x04\x14KWf2\n",
				"\x06\tABMDAAAJAAGQAb9jb2ZmGQJ9/160\n",
			],
			[
				"\x06\tAXUCAAFrAAGRAaNkZGF0YVkBVFpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlplaW1hZ2UAY29mZhkC\n\x04\x14fS3+\n",
				"\x06\tABMDAAAJAAGRAb9jb2ZmGQPR/+ne\n",
			],
			[
				"\x06\tAP8CAAD1AAGSAaNkZGF0YVjfWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpa\n\x04\x14WlpaWlpaWlpaWlpaWlpaWlpaWlpaWloiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiImVpbWFnZQBjb2ZmGQPR17s=\n",
				"\x06\tABMDAAAJAAGSAb9jb2ZmGQSw/yyv\n",
			],
		],
	],
	[
		"image list",
		[
			[
				"\x06\tAAsAAAABAAH6AKCibQ==\n",
				"\x06\tAPUBAADrAAH6AL9maW1hZ2Vzn79kc2xvdABndmVyc2lvbnkABTEuMC4wZGhhc2hYIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAaGJvb3RhYmxl9Wdw\n\x04\x14ZW5kaW5n9Gljb25maXJtZWT1ZmFjdGl2ZfVpcGVybWFuZW509P+/ZHNsb3QBZ3ZlcnNpb255AAUyLjAuMGRoYXNoWCAiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi\n\x04\x14IiIiIiIiImhib290YWJsZfVncGVuZGluZ/RpY29uZmlybWVk9GZhY3RpdmX0aXBlcm1hbmVudPT///8HQw==\n",
			],
		],
	],
	[
		"image test 2222222222222222222222222222222222222222222222222222222222222222",
		[
			[
				"\x06\tADsCAAAxAAEcAKJnY29uZmlybfRkaGFzaFggIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiICOw==\n",
				"\x06\tAPUDAADrAAEcAL9maW1hZ2Vzn79kc2xvdABndmVyc2lvbnkABTEuMC4wZGhhc2hYIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAaGJvb3RhYmxl9Wdw\n\x04\x14ZW5kaW5n9Gljb25maXJtZWT1ZmFjdGl2ZfVpcGVybWFuZW509P+/ZHNsb3QBZ3ZlcnNpb255AAUyLjAuMGRoYXNoWCAiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi\n\x04\x14IiIiIiIiImhib290YWJsZfVncGVuZGluZ/VpY29uZmlybWVk9GZhY3RpdmX0aXBlcm1hbmVudPT///8TiA==\n",
			],
		],
	],
	[
		"image confirm",
		[
			[
				"\x06\tABoCAAAQAAFoAKJnY29uZmlybfVkaGFzaPZeAw==\n",
				"\x06\tAPUDAADrAAFoAL9maW1hZ2Vzn79kc2xvdABndmVyc2lvbnkABTEuMC4wZGhhc2hYIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAaGJvb3RhYmxl9Wdw\n\x04\x14ZW5kaW5n9Gljb25maXJtZWT1ZmFjdGl2ZfVpcGVybWFuZW509P+/ZHNsb3QBZ3ZlcnNpb255AAUyLjAuMGRoYXNoWCAiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi\n\x04\x14IiIiIiIiImhib290YWJsZfVncGVuZGluZ/VpY29uZmlybWVk9GZhY3RpdmX0aXBlcm1hbmVudPT///+GQg==\n",
			],
		],
	],
	[
		"image confirm 2222222222222222222222222222222222222222222222222222222222222222",
		[
			[
				"\x06\tADsCAAAxAAHyAKJnY29uZmlybfVkaGFzaFggIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiJKVg==\n",
				"\x06\tAPUDAADrAAHyAL9maW1hZ2Vzn79kc2xvdABndmVyc2lvbnkABTEuMC4wZGhhc2hYIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAaGJvb3RhYmxl9Wdw\n\x04\x14ZW5kaW5n9Gljb25maXJtZWT1ZmFjdGl2ZfVpcGVybWFuZW509P+/ZHNsb3QBZ3ZlcnNpb255AAUyLjAuMGRoYXNoWCAiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi\n\x04\x14IiIiIiIiImhib290YWJsZfVncGVuZGluZ/VpY29uZmlybWVk9WZhY3RpdmX0aXBlcm1hbmVudPX///8dng==\n",
			],
		],
	],
	["image erase", [["\x06\tAAsCAAABAAHhBaAobQ==\n", "\x06\tABADAAAGAAHhBb9icmMG/2O5\n"]]],
	["config number", [["\x06\tABcAAAANAAPBAKFkbmFtZWZudW1iZXKcWw==\n", "\x06\tABEBAAAHAAPBAL9jdmFsQP/3Bg==\n"]]],
	["config number 1", [["\x06\tAB0CAAATAAP7AKJkbmFtZWZudW1iZXJjdmFsYTFXFQ==\n", "\x06\tAAwDAAACAAP7AL//rm8=\n"]]],
	["config number", [["\x06\tABcAAAANAAMlAKFkbmFtZWZudW1iZXLk5g==\n", "\x06\tABIBAAAIAAMlAL9jdmFsQTH/Ric=\n"]]],
	["config save", [["\x06\tABECAAAHAANiAKFkc2F2ZfUTNw==\n", "\x06\tAAwDAAACAANiAL//m4c=\n"]]],
	["config nothing", [["\x06\tABgAAAAOAAOXAKFkbmFtZWdub3RoaW5nNEo=\n", "\x06\tABABAAAGAAOXAL9icmMF/08v\n"]]],
	[
		"shell exec add 1 2",
		[["\x06\tABkCAAAPAAlYAKFkYXJndoNjYWRkYTFhMg6l\n", "\x06\tABcDAAANAAlYAL9hb3kAATNjcmV0AP/0gw==\n"]],
	],
	[
		"shell exec add x",
		[
			[
				"\x06\tABcCAAANAAnkAKFkYXJndoJjYWRkYXhccA==\n",
				"\x06\tACYDAAAcAAnkAL9hb3kADHg6IG5vIG51bWJlcmNyZXQ1YnJjNf93uA==\n",
			],
		],
	],
	[
		"shell exec nothing",
		[
			[
				"\x06\tABkCAAAPAAkfAKFkYXJndoFnbm90aGluZ55i\n",
				"\x06\tADQDAAAqAAkfAL9hb3kAGm5vdGhpbmc6IGNvbW1hbmQgbm90IGZvdW5kY3JldCdicmMn/8NF\n",
			],
		],
	],
	["log list", [["\x06\tAAsAAAABAARcBaDu4Q==\n", "\x06\tABABAAAGAARcBb9icmMI/yyB\n"]]],
	["fs download a b", [["\x06\tABcAAAANAAiMAKJkbmFtZWFhY29mZgC9gg==\n", "\x06\tABABAAAGAAiMAL9icmMI/9bT\n"]]],
	["reset", [["\x06\tAAsCAAABAACcBaDEgA==\n", "\x06\tAAwDAAACAACcBb//o7I=\n"]]],
	["reset", [["\x06\tAAsCAAABAAAuBaBUHw==\n", "\x06\tAAwDAAACAAAuBb//vws=\n"]]],
];

/** With newtmgr 4892d4d5 (2025-12-05), whose lines are as long as `mtu` says. */
export const LONG_LINES: readonly Recorded[] = [
	["echo hello", [["\x06\tABMCAAAJAAAXAKFhZGVoZWxsb1nv\n", "\x06\tABQDAAAKAAAXAL9hcmVoZWxsb/85JQ==\n"]]],
	[
		"image upload image.bin",
		[
			[
				"\x06\tAXUCAAFrAAEfAaVlaW1hZ2UAY29mZgBjbGVuGQSwY3NoYVggi1Egg2Yea5bUdAjKUoPM8OUtyzycKR13paZSRE6JzftkZGF0YVkBKT2485YAAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAAAAWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWmh/\n",
				"\x06\tABMDAAAJAAEfAb9jb2ZmGQEp/8cG\n",
			],
			[
				"\x06\tAXUCAAFrAAEgAaNlaW1hZ2UAY29mZhkBKWRkYXRhWQFUWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWmfp\n",
				"\x06\tABMDAAAJAAEgAb9jb2ZmGQJ9/yhZ\n",
			],
			[
				"\x06\tAXUCAAFrAAEhAaNlaW1hZ2UAY29mZhkCfWRkYXRhWQFUWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWr9o\n",
				"\x06\tABMDAAAJAAEhAb9jb2ZmGQPR/58z\n",
			],
			[
				"\x06\tAP8CAAD1AAEiAaNlaW1hZ2UAY29mZhkD0WRkYXRhWN9aWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiOBI=\n",
				"\x06\tABMDAAAJAAEiAb9jb2ZmGQSw/1pC\n",
			],
		],
	],
	[
		"image list",
		[
			[
				"\x06\tAAsAAAABAAF5AKDAZw==\n",
				"\x06\tAPUBAADrAAF5AL9maW1hZ2Vzn79kc2xvdABndmVyc2lvbnkABTEuMC4wZGhhc2hYIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAaGJvb3RhYmxl9Wdw\n\x04\x14ZW5kaW5n9Gljb25maXJtZWT1ZmFjdGl2ZfVpcGVybWFuZW509P+/ZHNsb3QBZ3ZlcnNpb255AAUyLjAuMGRoYXNoWCAiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIi\n\x04\x14IiIiIiIiImhib290YWJsZfVncGVuZGluZ/RpY29uZmlybWVk9GZhY3RpdmX0aXBlcm1hbmVudPT///8Zqg==\n",
			],
		],
	],
];
